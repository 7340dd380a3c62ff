/** How each number of workers does under each number of clients. */
import t from 'tap';
import { fitsOf, poolCells } from '../../../../bench/report/study/pools.js';
import { study } from '../../../../bench/report/study/study.js';
import { poolStudy } from '../../../support/pools.js';
import { storedRun } from '../../../support/stored.js';

const rounded = (value: number | null) => value && Math.round(value * 1000) / 1000;

t.test('throughput is relative to the best number of workers under as many clients', async (t) => {
  // The process pool has half the throughput, which changes no ratio between numbers of workers.
  const made = poolStudy(({ workers, connections, server }) => {
    const pool = server === 'thread-pool' ? 100 : 50;
    return connections === 5 && workers === 1 ? pool / 4 : pool;
  });
  t.same(
    fitsOf(made).map(({ workers, clients, relative, waiting }) => [
      ...[workers, clients, rounded(relative), rounded(waiting)],
    ]),
    [
      [1, 1, 1, 0],
      [1, 5, 0.25, 0.8],
      [5, 1, 1, 0],
      [5, 5, 1, 0],
    ],
  );
});

t.test('runs without pools, or with one number of workers, have none', async (t) => {
  t.same(poolCells(study(storedRun({ trials: 1 }))), []);
  t.same(poolCells(poolStudy(undefined, { workers: [5] })), []);
  t.same(fitsOf(study(storedRun({ trials: 1 }))), []);
  t.same(poolCells(study(storedRun({ servers: ['cmd:echo {port}'], trials: 1 }))), []);
});
