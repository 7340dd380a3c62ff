/** Servers whose throughput is the client's: together at its ceiling, they say nothing of each other. Pure. */
import { groupBy } from './group.js';
import { levelKey } from './load-level.js';
import type { Row } from './summarize.js';

/** Rows of one load at the client's ceiling: two or more. */
type AtCeiling = readonly [Row, Row, ...Row[]];

export function atClientCeiling(rows: readonly Row[]): readonly AtCeiling[] {
  const bound = rows.filter(({ clientBound }) => clientBound);
  const byLoad = groupBy(bound, (row) =>
    levelKey({ ...row, rate: row.rate?.asked ?? 0, bytes: row.bytes ?? 0 }),
  );
  return [...byLoad.values()].flatMap(([first, second, ...others]) =>
    first && second ? [[first, second, ...others] as const] : [],
  );
}
