/**
 * How long connections waited until the server accepted them: a pool's worker takes one when it has ended the one
 * before. Compares instants of both sides, which must have read one clock.
 */
import type { ClientRow } from './client-rows.js';
import { rowPairs } from './row-pairs.js';
import type { ServerRow } from './server-rows.js';

/**
 * By client row, in ns: from when the connection could send, to when the server accepted it. Without connections of
 * which only one side has a row, and without those that never could send.
 */
export function queueingDelays(
  clients: readonly ClientRow[],
  servers: readonly ServerRow[],
  rowsLost: boolean,
): ReadonlyMap<ClientRow, number> {
  const delays = new Map<ClientRow, number>();
  for (const { client, server } of rowPairs(clients, servers, rowsLost))
    if (client && server && client.freeAt > 0) delays.set(client, delayOf(client, server));
  return delays;
}

/** Accepted before it could send, a connection has not waited. */
function delayOf({ connected, freeAt }: ClientRow, { opened }: ServerRow): number {
  return Math.max(0, opened - Math.max(connected, freeAt));
}
