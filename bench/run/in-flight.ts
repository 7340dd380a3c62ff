/** Checks a trial with Little's law (1961): requests in flight = throughput × mean latency. Pure. */

import { meanOf, totalCounts } from '../../lib/account/histogram.js';
import type { LoadReport } from '../../lib/load/client.js';
import type { Cell } from '../plan/cell.js';
import type { InFlight } from '../record.js';

/** Null if the expected number of requests in flight is unknown, or nothing was answered. */
export function inFlightOf(
  cell: Cell,
  load: LoadReport,
  starved: number,
  /** Requests per second. */
  throughput: number | null,
): InFlight | null {
  const isSteady =
    cell.durationNs > 0 &&
    cell.repeat === 0 &&
    cell.perConnection === 0 &&
    cell.rate === 0 &&
    cell.lifetime.kind === 'none';
  const meanNs = meanOf(totalCounts(load.service));
  if (!isSteady || starved > 0 || !throughput || meanNs === null) return null;
  return { expected: cell.connections, measured: (throughput * meanNs) / 1e9 };
}
