/** Servers whose throughput is the client's: together at its ceiling, they say nothing of each other. Pure. */
import type { Row } from './summarize.js';

/** Rows of one load at the client's ceiling: two or more. */
export type AtCeiling = readonly [Row, Row, ...Row[]];

export function atClientCeiling(rows: readonly Row[]): readonly AtCeiling[] {
  const byLoad = new Map<string, Row[]>();
  for (const row of rows.filter(({ clientBound }) => clientBound)) {
    const key = [row.connections, row.idle, row.rate?.asked, row.bytes].join();
    byLoad.set(key, [...(byLoad.get(key) ?? []), row]);
  }
  return [...byLoad.values()].flatMap(([first, second, ...others]) =>
    first && second ? [[first, second, ...others] as const] : [],
  );
}
