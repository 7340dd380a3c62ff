/** The values of a named factor against each other. */
import t from 'tap';
import { factorContestsOf } from '../../../../bench/report/study/factor-contests.js';
import { files } from '../../../../bench/services/files/files.js';
import type { Factor } from '../../../../bench/services/service.js';
import { jitter, poolStudy } from '../../../support/pools.js';

const WIRE = files.factors.find(({ name }) => name === 'wire') as Factor;

t.test('each server has one verdict for each operation, over sizes and connections', async (t) => {
  const loads = files.loads({
    ...{ op: ['upload', 'download'], size: [1e6, 1e7], wire: ['base64', 'raw'] },
  });
  const made = poolStudy((record) => (record.factors.wire === 'raw' ? 100 : 50) * jitter(record), {
    loads,
    servers: ['epoll', 'threads'],
    workers: null,
  });
  const contests = factorContestsOf(made, WIRE);
  t.same(
    contests.map(({ server, under, names }) => [server, under, names.join()]),
    ['epoll', 'threads'].flatMap((server) =>
      ['upload', 'download'].map((operation) => [server, operation, 'base64,raw']),
    ),
  );
  for (const { throughput } of contests) {
    t.match(throughput, { blocks: 4, verdict: 'different' });
    t.ok(Math.abs((throughput.ratio ?? 0) - 0.5) < 0.01);
  }
});

t.test('a factor with one value has no contest', async (t) => {
  t.same(factorContestsOf(poolStudy(), WIRE), []);
});
