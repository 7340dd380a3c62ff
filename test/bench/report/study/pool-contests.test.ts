/** Pools against each other, with as many workers and under as many clients. */
import t from 'tap';
import { poolContestsOf } from '../../../../bench/report/study/pool-contests.js';
import { jitter, poolStudy } from '../../../support/pools.js';

t.test('each combination of workers and clients has one verdict over all sizes', async (t) => {
  const made = poolStudy((record) => {
    const isBetter = record.server === 'thread-pool' && record.workers === 5;
    return (isBetter ? 150 : 100) * jitter(record);
  });
  t.same(
    poolContestsOf(made).map(({ workers, clients, names, throughput }) => [
      ...[workers, clients, names.join()],
      throughput.verdict,
    ]),
    [
      [1, 1, 'thread-pool,process-pool', 'same'],
      [1, 5, 'thread-pool,process-pool', 'same'],
      [5, 1, 'thread-pool,process-pool', 'different'],
      [5, 5, 'thread-pool,process-pool', 'different'],
    ],
  );
});

t.test('a single pool has no contest', async (t) => {
  t.same(poolContestsOf(poolStudy(undefined, { servers: ['thread-pool'] })), []);
});
