/** Finds servers whose throughput the client limits: their throughput can't be compared. Pure. */

import { groupBy } from '../../lib/group.js';
import { levelKey } from '../plan/load-level.js';
import type { Row } from './summarize.js';

/** Two or more client-bound rows of one load. */
type AtCeiling = readonly [Row, Row, ...Row[]];

export function atClientCeiling(rows: readonly Row[]): readonly AtCeiling[] {
  const bound = rows.filter(({ clientBound }) => clientBound);
  const byLoad = groupBy(bound, (row) => levelKey({ ...row, rate: row.rate?.asked ?? 0 }));
  return [...byLoad.values()].flatMap(([first, second, ...others]) =>
    first && second ? [[first, second, ...others] as const] : [],
  );
}
