/** How the clients of a trial with a fixed number of requests have ended. Pure. */
import type { ClientRow } from '../../lib/account/client-rows.js';
import { groupBy } from '../../lib/group.js';
import { maxIfAny, meanIfAny, sumOf } from '../../lib/sums.js';
import type { Cell } from '../plan/plan.js';
import type { Measurement } from '../record.js';
import { serviceNamed } from '../services/registry.js';

/** Null in a trial with a duration, whose clients have no end. */
export function clientsOf(cell: Cell, rows: readonly ClientRow[]): Measurement['clients'] {
  if (cell.durationNs > 0) return null;
  const busy = rows.filter(({ idle }) => !idle);
  const ends = [...groupBy(busy, ({ client }) => client).values()].map(endOf);
  const succeeded = ends.filter(({ failed }) => !failed);
  const timesMs = succeeded.map(({ seconds }) => seconds * 1e3);
  const { unit } = serviceNamed(cell.service);
  const workPerRequest = unit === 'requests' ? 1 : cell.exchangeBytes;
  return {
    succeeded: succeeded.length,
    failed: cell.connections - succeeded.length,
    retries: busy.filter(({ retried }) => retried).length,
    meanMs: meanIfAny(timesMs),
    longestMs: maxIfAny(timesMs),
    rate: workPerRequest === 0 ? null : meanRate(succeeded, workPerRequest),
  };
}

interface ClientEnd {
  readonly failed: boolean;
  readonly requests: number;
  /** From when it could send until its last connection was closed. */
  readonly seconds: number;
}

/** From all connections of one client. */
function endOf(rows: readonly ClientRow[]): ClientEnd {
  const free = rows.map(({ freeAt }) => freeAt).filter((at) => at > 0);
  const closed = Math.max(...rows.map((row) => row.closed));
  return {
    failed: rows.some(({ failure, retried }) => failure !== '' && !retried),
    requests: sumOf(rows, ({ requests }) => requests),
    seconds: free.length === 0 ? 0 : (closed - Math.min(...free)) / 1e9,
  };
}

/** Mean over the clients. */
function meanRate(ends: readonly ClientEnd[], workPerRequest: number): number | null {
  const rates = ends.flatMap(({ requests, seconds }) =>
    seconds > 0 ? (requests * workPerRequest) / seconds : [],
  );
  return meanIfAny(rates);
}
