/** Others' figures for single cells beside those of the run. */
import t from 'tap';
import { besideCells } from '../../../../bench/report/document/published-cells.js';
import { plain } from '../../../../bench/report/text/blocks.js';
import { files } from '../../../../bench/services/files/files.js';
import { poolStudy } from '../../../support/pools.js';

function rowsOf(options: object = {}) {
  const [table] = besideCells(poolStudy(() => 100, options));
  return table?.kind === 'table' ? table.rows.map(({ cells }) => cells.map(plain)) : [];
}

t.test('cells with the same pool, workers, clients, operation and size are shown', async (t) => {
  const rows = rowsOf();
  t.equal(rows.length, 16);
  t.same(rows[0]?.slice(1), [
    ...['thread-pool', '3.73 s', '10.0 ms', '2.81', '100', '0 of 1', '0 of 4', '10.0 MiB'],
  ]);
});

t.test(
  'what the published figures imply is not the size of the file for the process pool',
  async (t) => {
    const big = rowsOf({ servers: ['process-pool'], workers: [5, 50] }).filter(([load]) =>
      load?.includes('50 MiB'),
    );
    for (const row of big) t.match(row.at(-1) ?? '55.0 MiB', /^5(4\.9|5\.0) MiB$/);
  },
);

t.test('a run without such a cell has nothing', async (t) => {
  t.same(rowsOf({ loads: files.loads({ size: [12e6], op: ['upload'] }) }), []);
  t.same(rowsOf({ servers: ['epoll'], workers: null }), []);
});

t.test('there are 108 published figures, 54 of each pool', async (t) => {
  const figures = files.publishedCells?.figures ?? [];
  t.equal(figures.length, 108);
  t.equal(figures.filter(({ server }) => server === 'thread-pool').length, 54);
});
