/** Distributions as curves, from the lowest value into the tail. */
import t from 'tap';
import {
  byPercentile,
  cumulative,
  type Get,
  hasDistribution,
} from '../../../../bench/report/charts/curves.js';
import { type StudyCell, study } from '../../../../bench/report/study/study.js';
import { latencies } from '../../../support/cells.js';
import { partOf, rowsOf } from '../../../support/specs.js';
import { storedRun } from '../../../support/stored.js';

/** epoll answers in 1 to 1000 µs, poll in ten times as long; libuv has no answers. */
const made = study(
  storedRun({ connections: [10], trials: 1 }, (record) => {
    const factor = { epoll: 1000, poll: 10_000 }[record.server];
    const values = factor ? Array.from({ length: 1000 }, (_, i) => (i + 1) * factor) : [];
    const { measurement } = record;
    return {
      ...record,
      measurement: measurement && { ...measurement, latency: latencies(...values) },
    };
  }),
);

const latency: Get = (measurement) => measurement.latency;

t.test('a cell has a distribution if a value above 0 was recorded', async (t) => {
  t.same(
    made.measured.map((cell) => [cell.cell.server, hasDistribution(cell, latency)]),
    [
      ['epoll', true],
      ['poll', true],
      ['libuv', false],
    ],
  );
  const [first] = made.measured as [StudyCell];
  t.notOk(hasDistribution(first, () => null));
});

t.test('a cumulative curve shows at each value the share of values below it', async (t) => {
  const rows = rowsOf(cumulative(made, latency, 'time'));
  t.same(new Set(rows.map(({ server }) => server)), new Set(['epoll', 'poll']));
  for (const { server, us, share } of rows) {
    const expected = Number(us) / (server === 'epoll' ? 1000 : 10_000);
    if (Math.abs(expected - Number(share)) > 0.002) t.fail(`${server} ${us}: ${share}`);
  }
});

t.test('the axis of values contains all values, that of shares is 0 to 1', async (t) => {
  const spec = cumulative(made, latency, 'time');
  t.same(partOf(spec, 'encoding.y.scale.domain'), [0, 1]);
  const [low = 0, high = 0] = partOf<number[]>(spec, 'encoding.x.scale.domain');
  for (const { us } of rowsOf(spec)) if (Number(us) < low || Number(us) > high) t.fail(`${us}`);
  t.equal(partOf(spec, 'encoding.x.title'), 'time');
});

t.test('each nine of a percentile has equal width, up to the last known one', async (t) => {
  const spec = byPercentile(made, latency, 'time');
  t.equal(partOf(spec, 'encoding.x.scale.type'), 'log');
  t.same(partOf<number[]>(spec, 'encoding.x.axis.values'), [1, 10, 100, 1000]);
  const rows = rowsOf(spec);
  const most = Math.max(...rows.map(({ nines }) => Number(nines)));
  t.ok(Math.abs(most - 1000) < 1e-6, 'of 1000 values, the second highest');
  for (const { nines, share } of rows)
    if (Math.abs(1 - 1 / Number(nines) - Number(share)) > 1e-9) t.fail(`${share}: ${nines}`);
});

t.test('loads without recorded values have no panel', async (t) => {
  const run = storedRun({ servers: ['epoll'], trials: 1 }, (record) => {
    const { measurement } = record;
    const own = record.connections === 100 ? latencies() : latencies(1000, 2000);
    return { ...record, measurement: measurement && { ...measurement, latency: own } };
  });
  const rows = rowsOf(cumulative(study(run), latency, 'time'));
  t.same(new Set(rows.map(({ panel }) => panel)), new Set(['1,000 connections']));
});
