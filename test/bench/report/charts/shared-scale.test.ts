/** The axis that panels share is logarithmic if the panels differ in magnitude. */
import t from 'tap';
import { overTime } from '../../../../bench/report/charts/over-time.js';
import { throughput } from '../../../../bench/report/charts/performance.js';
import { areApart, sharedScale, WHY_LOG } from '../../../../bench/report/charts/shared-scale.js';
import { study } from '../../../../bench/report/study/study.js';
import { bulk } from '../../../../bench/services/bulk/bulk.js';
import { measurementOf } from '../../../support/cells.js';
import { partOf } from '../../../support/specs.js';
import { storedRun } from '../../../support/stored.js';

const values = (panels: Readonly<Record<string, readonly number[]>>) =>
  Object.entries(panels).flatMap(([panel, own]) => own.map((value) => ({ panel, value })));

t.test('the highest values of the panels decide, not the lowest', async (t) => {
  t.notOk(areApart(values({ a: [1, 100], b: [5] })), 'a factor of 20');
  t.ok(areApart(values({ a: [1, 101], b: [5] })));
  t.notOk(areApart(values({ a: [1, 1000] })), 'one panel');
  t.notOk(areApart(values({ a: [100], b: [0] })), 'a panel of zeros is not visible on any scale');
  t.notOk(areApart([]));
});

t.test('the title marks a logarithmic axis, and a linear axis begins at 0', async (t) => {
  t.match(sharedScale('req/s', values({ a: [3, 90], b: [4] })), {
    title: 'req/s (log)',
    scale: { type: 'log', domain: [2, 100] },
    ticks: [2, 5, 10, 20, 50, 100],
  });
  t.strictSame(sharedScale('req/s', values({ a: [3, 9], b: [4] })), {
    title: 'req/s',
    scale: { type: 'linear', domain: [0, 9], nice: false },
  });
});

/** A run with one panel per size; the throughput equals the size. */
function runOf(sizes: readonly number[]) {
  const options = { service: 'bulk', loads: bulk.loads({ size: sizes }), connections: [1, 2, 4] };
  const made = storedRun({ ...options, servers: ['epoll'], trials: 1 }, (record) => ({
    ...record,
    measurement: measurementOf({ throughput: Number(record.factors.size) }),
  }));
  const details = [...made.details].map(([cell, own]) => {
    const size = Number(made.plan.cells.find(({ number }) => number === cell)?.factors.size);
    const seconds = [0, 1, 2].map((second) => ({ second, requests: 1e9 / size, p99Us: null }));
    return [cell, { ...own, seconds }] as const;
  });
  return study({ ...made, details: new Map(details) });
}

t.test('graphs with lines use the shared axis, and their captions explain it', async (t) => {
  const scaleOf = (spec: object) =>
    partOf<{ type: string }>(spec, 'spec.layer.0.encoding.y.scale').type;
  for (const [sizes, type] of [
    [[1000, 20_000], 'linear'],
    [[1000, 20_001], 'log'],
  ] as const) {
    const run = runOf(sizes);
    for (const chart of [throughput, overTime]) {
      t.equal(scaleOf(chart.spec(run)), type, chart.id);
      t.equal(chart.caption(run).includes(WHY_LOG), type === 'log', chart.id);
    }
  }
});
