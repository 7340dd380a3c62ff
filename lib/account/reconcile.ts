/** Reconciliation: compares each connection's record on the client with the server's. */

import type { ClientRow } from './client-rows.js';
import { type Ends, pairs } from './pairs.js';
import type { ServerRow } from './server-rows.js';

/** One side's record of a connection, identified by the client's address and port. */
export interface Side extends Ends {
  readonly requests: number;
  /** Bytes. */
  readonly toServer: number;
  readonly toClient: number;
}

interface Mismatch {
  /** The client's ADDRESS:PORT. */
  readonly connection: string;
  /** The difference, as text. */
  readonly what: string;
}

export interface Reconciliation {
  /** The number of compared connections. */
  readonly compared: number;
  readonly mismatches: number;
  /** Connections whose rows were lost with a server process that died. */
  readonly unknown: number;
  /** The first few mismatches. */
  readonly examples: readonly Mismatch[];
}

const MAX_EXAMPLES = 5;

/**
 * Compares the rows of a trial in both directions, joined on the client's address and port. Rows
 * without an address are skipped. `rowsLost`: a server process died with its rows, so that a row
 * which the server lacks is unknown.
 */
export function reconcile(
  clients: readonly ClientRow[],
  servers: readonly ServerRow[],
  rowsLost = false,
): Reconciliation {
  return compareSides(clientSides(clients), serverSides(servers), rowsLost);
}

export function compareSides(
  clients: readonly Side[],
  servers: readonly Side[],
  rowsLost = false,
): Reconciliation {
  const examples: Mismatch[] = [];
  let [compared, mismatches, unknown] = [0, 0, 0];
  for (const { connection, client, server, isLost } of pairs(clients, servers, rowsLost)) {
    if (isLost) {
      unknown++;
      continue;
    }
    compared++;
    const what = difference(client, server);
    if (what === '') continue;
    mismatches++;
    if (examples.length < MAX_EXAMPLES) examples.push({ connection, what });
  }
  return { compared, mismatches, unknown, examples };
}

/** Without connections that were never established. */
export function clientSides(rows: readonly ClientRow[]): readonly Side[] {
  return rows.filter((row) => row.connected > 0).map(clientSide);
}

/** Without connections that were reset before their address was read. */
export function serverSides(rows: readonly ServerRow[]): readonly Side[] {
  return rows.filter((row) => row.remoteAddress !== '').map(serverSide);
}

function clientSide(row: ClientRow): Side {
  return {
    address: row.localAddress,
    port: row.localPort,
    opened: row.opened,
    requests: row.requests,
    toServer: row.bytesSent,
    toClient: row.bytesReceived,
  };
}

function serverSide(row: ServerRow): Side {
  return {
    address: row.remoteAddress,
    port: row.remotePort,
    opened: row.opened,
    requests: row.requests,
    toServer: row.bytesIn,
    toClient: row.bytesOut,
  };
}

/** The difference as text; empty if none. */
function difference(client: Side | undefined, server: Side | undefined): string {
  if (!server) return 'the server has no row';
  if (!client) return 'the client has no row';
  const compare = (what: string, mine: number, theirs: number) =>
    mine === theirs ? [] : [`${what}: client ${mine}, server ${theirs}`];
  return [
    ...compare('requests', client.requests, server.requests),
    ...compare('bytes to the server', client.toServer, server.toServer),
    ...compare('bytes to the client', client.toClient, server.toClient),
  ].join('; ');
}
