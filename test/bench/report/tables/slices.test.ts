/** The table of sliced trials. */
import t from 'tap';
import type { TrialRecord } from '../../../../bench/record.js';
import { study } from '../../../../bench/report/study/study.js';
import { slicesTable } from '../../../../bench/report/tables/slices.js';
import { plain } from '../../../../bench/report/text/blocks.js';
import { slicesOf } from '../../../support/cells.js';
import { storedRun } from '../../../support/stored.js';

/** The cells of the single row, by their column titles. */
function rowOf(change: (record: TrialRecord) => TrialRecord) {
  const options = { servers: ['epoll'], connections: [10], trials: 3 };
  const [table] = slicesTable(study(storedRun(options, change)));
  if (table?.kind !== 'table') return null;
  const titles = table.columns.map(({ title }) => plain(title));
  return Object.fromEntries(table.rows[0]?.cells.map((cell, i) => [titles[i], plain(cell)]) ?? []);
}

t.test('figures are medians over the trials; the ratio is that of the first', async (t) => {
  const row = rowOf((record) => ({
    ...record,
    measurement: record.measurement && {
      ...record.measurement,
      slices: {
        ...slicesOf(record.block, record.block),
        ...{ pairs: record.block ** 2, lengthMs: 10 * record.block },
        idleBusy: { server: record.block / 100, control: record.block === 1 ? 0.5 : null },
      },
    },
  }));
  t.match(row, { server: 'epoll', pairs: '4', 'slice length': '20 ms', 'server idle': '2%' });
  t.match(row?.['vs control, first trial'], /^1\.000/);
  t.equal(row?.['baseline idle'], '50%', 'unknown figures are omitted');
});

t.test('a run without slices has no slices table', async (t) => {
  t.equal(
    rowOf((record) => record),
    null,
  );
});
