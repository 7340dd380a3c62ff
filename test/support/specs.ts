/** Parts of a chart's specification, which has no types of its own. */
import type { Spec } from '../../bench/report/charts/chart.js';

/** What stands at this path: `facet.sort`, `layer.0.data.values`. */
export function partOf<T>(spec: Spec | object, path: string): T {
  return path
    .split('.')
    .reduce<unknown>((part, name) => (part as Record<string, unknown>)[name], spec) as T;
}

/** The rows that a chart draws. */
export function rowsOf(spec: Spec): Readonly<Record<string, unknown>>[] {
  return partOf(spec, 'data.values');
}

/** The same, with the given fields of each alone. */
export function columnsOf(spec: Spec, ...names: readonly string[]): unknown[][] {
  return rowsOf(spec).map((row) => names.map((name) => row[name]));
}
