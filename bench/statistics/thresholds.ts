/** Checks the conditions of `--fail-if`, e.g. `p99>5ms`. Pure. */
import type { FigureName } from '../schema/run.js';
import type { Row } from './summarize.js';

export type { FigureName };

export interface Threshold {
  /** As written on the command line. */
  readonly text: string;
  readonly metric: FigureName;
  readonly above: boolean;
  /** In the metric's unit; µs for times. */
  readonly bound: number;
}

export interface Outcome {
  readonly threshold: Threshold;
  /** The rows that meet the condition, with their values. */
  readonly broken: readonly { readonly row: Row; readonly value: number }[];
  /** The rows without a value. */
  readonly unknown: readonly Row[];
}

export const FIGURES = {
  p50: (row: Row) => row.latency.p50,
  p90: (row: Row) => row.latency.p90,
  p99: (row: Row) => row.latency.p99,
  'p99.9': (row: Row) => row.latency.p999,
  max: (row: Row) => row.latency.max,
  'connect-p99': (row: Row) => row.connect.p99,
  throughput: (row: Row) => row.throughput?.median ?? null,
  efficiency: (row: Row) => row.efficiency?.median ?? null,
  'to-control': (row: Row) => row.toControl?.median ?? null,
  'achieved-ratio': (row: Row) => row.rate?.achievedRatio ?? null,
  calls: (row: Row) => row.syscallsPerRequest,
  failures: (row: Row) => row.failures,
} as const satisfies Record<FigureName, (row: Row) => number | null>;

const TIMES: readonly FigureName[] = ['p50', 'p90', 'p99', 'p99.9', 'max', 'connect-p99'];

export function isTime(metric: FigureName): boolean {
  return TIMES.includes(metric);
}

/** An unknown value doesn't meet a condition, because invalid cells have a separate exit code. */
export function check(threshold: Threshold, rows: readonly Row[]): Outcome {
  const value = FIGURES[threshold.metric];
  const broken = rows.flatMap((row) => {
    const found = value(row);
    if (found === null) return [];
    return (threshold.above ? found > threshold.bound : found < threshold.bound)
      ? [{ row, value: found }]
      : [];
  });
  return { threshold, broken, unknown: rows.filter((row) => value(row) === null) };
}
