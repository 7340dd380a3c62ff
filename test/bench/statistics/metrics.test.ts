/** Metrics that compare servers: unknown without a measurement, misleading if requests are unanswered. */
import t from 'tap';
import type { Measurement } from '../../../bench/record.js';
import { METRICS, metricNamed } from '../../../bench/statistics/metrics.js';
import { cellOf, latencies, measurementOf, recordOf, slicesOf } from '../../support/cells.js';

const NAMES = METRICS.map(({ name }) => name);
const figures = (one: Measurement) => METRICS.map(({ figure }) => figure(one));
const toControl = (one: Measurement) => METRICS.map(({ logToControl }) => logToControl(one));

t.test('higher is better for rates, lower is better for latencies', async (t) => {
  t.same(
    METRICS.map(({ name, better }) => `${name}: ${better}`),
    ['efficiency: more', 'throughput: more', 'p50: less', 'p99: less'],
  );
  for (const name of NAMES) t.equal(metricNamed(name).name, name);
});

t.test('0 and missing figures are unknown, because they have no logarithm', async (t) => {
  const nothing = { efficiency: null, throughput: null, latency: latencies() };
  t.same(figures(measurementOf(nothing)), [null, null, null, null]);
  t.same(figures(measurementOf({ ...nothing, efficiency: 0, throughput: 0 })), [
    null,
    null,
    null,
    null,
  ]);
});

t.test('figures are those of the trial, with latencies in µs', async (t) => {
  const latency = latencies(1000, 2000, 3000);
  t.same(figures(measurementOf({ efficiency: 7, throughput: 8, latency })), [7, 8, 2, 3]);
});

/** The control answers in 2 and 4 µs, at 10 requests per second. */
const slices = {
  ...slicesOf(0.5, 2, 2),
  control: {
    ...{ throughput: 10, efficiency: 1, failuresByKind: {} },
    latency: { p50: 2, p90: 1, p99: 4, p999: 1, max: 1 },
  },
};

t.test('with a control, each figure is the logarithm of the ratio to it', async (t) => {
  const latency = latencies(1000, 8000);
  const found = toControl(measurementOf({ throughput: 40, latency, slices }));
  const ratios = found.map((log) => log && Math.round(Math.exp(log) * 1000) / 1000);
  // Efficiency: the geometric mean over batches of slices.
  t.same(ratios, [1.26, 4, 0.5, 2]);
});

t.test('there is no ratio without slices, or if a side has no figure', async (t) => {
  t.same(toControl(measurementOf({ slices: null })), [null, null, null, null]);
  const silent = {
    ...slicesOf(),
    control: {
      ...slices.control,
      throughput: null,
      latency: { p50: 0, p90: 0, p99: 0, p999: 0, max: 0 },
    },
  };
  const latency = latencies(1000);
  t.same(toControl(measurementOf({ latency, slices: silent })), [null, null, null, null]);
  t.same(toControl(measurementOf({ throughput: null, slices })).slice(1), [null, null, null]);
});

t.test('a cell is misleading if one trial is client-bound or starved', async (t) => {
  const record = recordOf(cellOf());
  const bound = { ...record, verdict: { ...record.verdict, clientBound: true } };
  const starved = { ...record, measurement: measurementOf({ starved: 1 }) };
  const why = (...trials: (typeof record)[]) => METRICS.map(({ misleading }) => misleading(trials));
  t.same(why(record, bound), [null, 'client-bound', null, null]);
  t.same(why(starved, record), [null, null, 'starved', 'starved']);
  t.same(why(record, { ...record, measurement: null }), [null, null, null, null]);
  t.same(why(), [null, null, null, null]);
});
