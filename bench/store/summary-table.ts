/** summary.csv: the rows of summary.json, flattened. */
import { stringify } from 'csv-stringify/sync';
import type { Row } from '../statistics/summarize.js';

/** Nested fields become columns with names joined by '_'; lists are joined by '|'; objects with varying names are JSON. */
export function summaryTable(rows: readonly Row[]): string {
  const factors = Object.fromEntries(
    rows.flatMap((row) => Object.keys(row.factors).map((name) => [name, null])),
  );
  const flat = rows.map((row) => {
    const { failuresByKind, ...plain } = withAllFields(row, factors);
    return { ...flatten(plain), failures_by_kind: JSON.stringify(failuresByKind) };
  });
  return stringify(flat, { header: true, cast: { boolean: String } });
}

const NO_ESTIMATE = { median: null, low: null, high: null, level: null };

/** The fields of each figure that can be unknown as a whole. */
const UNKNOWN = {
  rate: { asked: null, achieved: null, achievedRatio: null, late: null, dropped: null },
  throughput: { ...NO_ESTIMATE, unit: null },
  efficiency: { ...NO_ESTIMATE, unit: null },
  toControl: NO_ESTIMATE,
  completion: {
    ...{ totalS: null, meanMs: null, longestMs: null, rate: null, wrong: null },
    clients: { succeeded: null, failed: null, retries: null },
    transfers: { succeeded: null, failed: null },
    queueing: { meanMs: null, longestMs: null },
    parts: { waitingMs: null, sendingMs: null, answeringMs: null },
    beside: {
      ...{ requests: null, failures: null },
      latency: { unit: null, p50: null, p90: null, p99: null, p999: null, max: null },
    },
  },
  serviceTime: { unit: null, p50: null, p90: null, p99: null, p999: null, max: null },
} satisfies { readonly [Name in keyof Row]?: Record<keyof NonNullable<Row[Name]>, unknown> };

/** Every row has the same columns; unknown values are empty. */
function withAllFields(row: Row, factors: Readonly<Record<string, null>>) {
  return {
    ...row,
    factors: { ...factors, ...row.factors },
    rate: row.rate ?? UNKNOWN.rate,
    throughput: row.throughput ?? UNKNOWN.throughput,
    efficiency: row.efficiency ?? UNKNOWN.efficiency,
    toControl: row.toControl ?? UNKNOWN.toControl,
    completion: row.completion
      ? {
          ...row.completion,
          transfers: row.completion.transfers ?? UNKNOWN.completion.transfers,
          beside: row.completion.beside ?? UNKNOWN.completion.beside,
        }
      : UNKNOWN.completion,
    serviceTime: row.serviceTime ?? UNKNOWN.serviceTime,
  };
}

function flatten(value: object, prefix = ''): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      const name = prefix + key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      if (Array.isArray(inner)) return [[name, [...new Set(inner.map(kindOf))].join(' | ')]];
      if (isFact(inner)) return [[name, kindOf(inner)]];
      return inner !== null && typeof inner === 'object'
        ? Object.entries(flatten(inner, `${name}_`))
        : [[name, inner]];
    }),
  );
}

/** A fact is its kind here; its figures are only in summary.json. */
function kindOf(value: unknown): unknown {
  return isFact(value) ? value.kind : value;
}

function isFact(value: unknown): value is { readonly kind: string } {
  return typeof value === 'object' && value !== null && 'kind' in value;
}
