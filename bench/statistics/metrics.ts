/** The metrics that servers are compared by: a trial's figure, its ratio to the control, and what makes it misleading. */
import type { Measurement, TrialRecord } from '../record.js';
import type { MetricName, Unranked } from '../schema/verdicts.js';
import { logToControl } from './to-control.js';

export type { MetricName };

/** Why a cell with valid trials can't be ranked by a metric. */
export type Misleading = Extract<Unranked, 'client-bound' | 'starved'>;

export interface Metric {
  readonly name: MetricName;
  readonly better: 'more' | 'less';
  /** Null if unknown. */
  readonly figure: (one: Measurement) => number | null;
  /** Logarithm of the ratio to the control in alternating slices; null if there is none. */
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
    // A saturated client limits the throughput of the fastest servers most.
    misleading: (valid) =>
      valid.some(({ verdict }) => verdict.clientBound) ? 'client-bound' : null,
  },
  latencyMetric('p50'),
  latencyMetric('p99'),
];

/** The primary metric. */
export const EFFICIENCY = METRICS[0];

function latencyMetric(name: 'p50' | 'p99'): Metric {
  return {
    name,
    better: 'less',
    figure: ({ latency }) => positive(latency[name]),
    logToControl: ({ latency, slices }) =>
      logRatio(positive(latency[name]), slices?.control.latency[name]),
    // Connections without an answer have no latency and are missing in the percentiles.
    misleading: (valid) =>
      valid.some(({ measurement }) => (measurement?.starved ?? 0) > 0) ? 'starved' : null,
  };
}

export function metricNamed(name: MetricName): Metric {
  return METRICS.find((metric) => metric.name === name) as Metric;
}

/** Null for values without a logarithm. */
function positive(figure: number | null): number | null {
  return figure !== null && figure > 0 ? figure : null;
}

function logRatio(own: number | null, control: number | null | undefined): number | null {
  return own && control ? Math.log(own / control) : null;
}
