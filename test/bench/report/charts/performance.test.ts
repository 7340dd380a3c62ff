/** Throughput, efficiency and the ratio to the control: each chart draws its own figure. */
import t from 'tap';
import {
  efficiency,
  ratioToControl,
  throughput,
} from '../../../../bench/report/charts/performance.js';
import { study } from '../../../../bench/report/study/study.js';
import { partOf, rowsOf } from '../../../support/specs.js';
import { storedRun } from '../../../support/stored.js';

const made = study(storedRun({ trials: 3 }));

t.test('each chart draws its own figure with its interval', async (t) => {
  for (const [chart, get] of [
    [throughput, 'throughput'],
    [efficiency, 'efficiency'],
    [ratioToControl, 'toControl'],
  ] as const) {
    const cells = rowsOf(chart.spec(made)).filter(({ kind }) => kind === 'cell');
    t.same(
      cells.map(({ median, low, high }) => ({ median, low, high })),
      made.measured.map(({ row }) => {
        const { median, low, high } = row[get] ?? { median: 0, low: 0, high: 0 };
        return { median, low, high };
      }),
      chart.id,
    );
  }
});

t.test('throughput and efficiency show single trials next to the median', async (t) => {
  for (const [chart, name] of [
    [throughput, 'throughput'],
    [efficiency, 'efficiency'],
  ] as const)
    t.same(
      rowsOf(chart.spec(made)).flatMap(({ kind, value }) => (kind === 'trial' ? [value] : [])),
      made.measured.flatMap(({ valid }) => valid.map(({ measurement }) => measurement?.[name])),
    );
});

t.test('a ratio has a reference line at 1', async (t) => {
  t.equal(partOf(ratioToControl.spec(made), 'layer.0.encoding.y.datum'), 1);
});

t.test('the charts need two cells, and unknown figures are not drawn', async (t) => {
  const charts = [throughput, efficiency, ratioToControl];
  const alone = { ...made, measured: made.measured.slice(0, 1) };
  for (const chart of charts) {
    t.ok(chart.applies(made), chart.id);
    t.notOk(chart.applies(alone), chart.id);
  }
  const unknown = study(
    storedRun({ trials: 1 }, (record) => {
      const { measurement } = record;
      const efficiency = record.server === 'libuv' ? (measurement?.efficiency ?? null) : null;
      return { ...record, measurement: measurement && { ...measurement, efficiency } };
    }),
  );
  t.notOk(ratioToControl.applies(unknown), 'the control has no efficiency');
  const rows = rowsOf(efficiency.spec(unknown));
  t.same(new Set(rows.map(({ server }) => server)), new Set(['libuv']));
  t.match(efficiency.caption(unknown), /\bepoll and poll \(no figure\)/);
});

t.test('the caption states how each ratio was measured', async (t) => {
  const made = study(storedRun({ connections: [100], trials: 3 }));
  const sliced = (...servers: readonly string[]) =>
    ratioToControl.caption({
      ...made,
      measured: made.measured.map((one) =>
        servers.includes(one.cell.server)
          ? { ...one, cell: { ...one.cell, uninterrupted: null } }
          : one,
      ),
    });
  const [slices, blocks] = [/in neighbouring slices/, /in the same block/];
  t.match(sliced(), blocks);
  t.notMatch(sliced(), slices);
  t.match(sliced('epoll', 'poll', 'libuv'), slices);
  t.notMatch(sliced('epoll', 'poll', 'libuv'), blocks);
  t.match(sliced('epoll', 'poll'), slices);
  t.match(sliced('epoll', 'poll'), /not sliced \(libuv\) is divided [^.]*in the same block/);
});
