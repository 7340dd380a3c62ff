/** Parts of a chart's specification, which is untyped. */
import type { Spec } from '../../bench/report/charts/chart.js';

/** The value at this path, e.g. `facet.sort` or `layer.0.data.values`. */
export function partOf<T>(spec: Spec | object, path: string): T {
  return path
    .split('.')
    .reduce<unknown>((part, name) => (part as Record<string, unknown>)[name], spec) as T;
}

/** The rows that a chart draws. */
export function rowsOf(spec: Spec): Readonly<Record<string, unknown>>[] {
  return partOf(spec, 'data.values');
}

/** The same rows, with only the given fields. */
export function columnsOf(spec: Spec, ...names: readonly string[]): unknown[][] {
  return rowsOf(spec).map((row) => names.map((name) => row[name]));
}
