/** summary.csv: the rows of summary.json, flattened. */
import { stringify } from 'csv-stringify/sync';
import type { Row } from '../statistics/summarize.js';

/** Nested fields become columns with names joined by '_'; lists are joined by '|'; objects with varying names are JSON. */
export function summaryTable(rows: readonly Row[]): string {
  const flat = rows.map((row) => {
    const { failuresByKind, ...plain } = row;
    return { ...flatten(plain), failures_by_kind: JSON.stringify(failuresByKind) };
  });
  const columns = [...new Set(flat.flatMap((row) => Object.keys(row)))];
  return stringify(flat, { header: true, columns, cast: { boolean: String } });
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
