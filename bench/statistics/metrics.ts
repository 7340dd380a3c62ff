/** What servers are compared by: the figure of a trial, the same beside the control, and what makes it mean something else. */
import type { Measurement, TrialRecord } from '../record.js';
import { logToControl } from './to-control.js';

export type MetricName = 'efficiency' | 'throughput' | 'p50' | 'p99';

/** Why a cell with valid trials can't be ranked by a metric. */
export type Misleading = 'client-bound' | 'starved';

export interface Metric {
  readonly name: MetricName;
  readonly better: 'more' | 'less';
  /** Null where it is unknown. */
  readonly figure: (one: Measurement) => number | null;
  /** The logarithm of its ratio to the control's in alternating slices; null where there is none. */
  readonly logToControl: (one: Measurement) => number | null;
  readonly misleading: (valid: readonly TrialRecord[]) => Misleading | null;
}

export const METRICS: readonly [Metric, ...Metric[]] = [
  {
    name: 'efficiency',
    better: 'more',
    figure: ({ efficiency }) => positive(efficiency),
    logToControl,
    misleading: () => null,
  },
  {
    name: 'throughput',
    better: 'more',
    figure: ({ throughput }) => positive(throughput),
    logToControl: ({ throughput, slices }) => logRatio(throughput, slices?.control.throughput),
    // What the client could not send is missing from the throughput of the best.
    misleading: (valid) =>
      valid.some(({ verdict }) => verdict.clientBound) ? 'client-bound' : null,
  },
  latencyMetric('p50'),
  latencyMetric('p99'),
];

/** What servers are ranked by first. */
export const EFFICIENCY = METRICS[0];

function latencyMetric(name: 'p50' | 'p99'): Metric {
  return {
    name,
    better: 'less',
    figure: ({ latency }) => positive(latency[name]),
    logToControl: ({ latency, slices }) =>
      logRatio(positive(latency[name]), slices?.control.latency[name]),
    // Those that wait for their first answer are in no percentile.
    misleading: (valid) =>
      valid.some(({ measurement }) => (measurement?.starved ?? 0) > 0) ? 'starved' : null,
  };
}

export function metricNamed(name: MetricName): Metric {
  return METRICS.find((metric) => metric.name === name) as Metric;
}

/** No logarithm is taken of what was not measured. */
function positive(figure: number | null): number | null {
  return figure !== null && figure > 0 ? figure : null;
}

function logRatio(own: number | null, control: number | null | undefined): number | null {
  return own && control ? Math.log(own / control) : null;
}
