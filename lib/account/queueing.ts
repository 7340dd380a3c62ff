/**
 * How long connections waited until the server accepted them: a pool's worker takes one when it has ended the one
 * before. Compares instants of both sides, which must have read one clock.
 */
import type { ClientRow } from './client-rows.js';
import { type Ends, pairs } from './pairs.js';
import type { ServerRow } from './server-rows.js';

interface End<Row> extends Ends {
  readonly row: Row;
}

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
  for (const { client, server } of pairs(clientEnds(clients), serverEnds(servers), rowsLost))
    if (client && server) delays.set(client.row, delayOf(client.row, server.row));
  return delays;
}

/** Accepted before it could send, a connection has not waited. */
function delayOf({ connected, freeAt }: ClientRow, { opened }: ServerRow): number {
  return Math.max(0, opened - Math.max(connected, freeAt));
}

function clientEnds(rows: readonly ClientRow[]): readonly End<ClientRow>[] {
  return rows
    .filter(({ freeAt }) => freeAt > 0)
    .map((row) => ({
      address: row.localAddress,
      port: row.localPort,
      opened: row.opened,
      row,
    }));
}

function serverEnds(rows: readonly ServerRow[]): readonly End<ServerRow>[] {
  return rows
    .filter(({ remoteAddress }) => remoteAddress !== '')
    .map((row) => ({
      address: row.remoteAddress,
      port: row.remotePort,
      opened: row.opened,
      row,
    }));
}
