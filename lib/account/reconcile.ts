/** Reconciliation: compares each connection's record on the client with the server's. */

import type { Mismatch, Reconciliation } from '../schema/reconciliation.js';
import type { ClientRow } from './client-rows.js';
import { type Ends, pairs } from './pairs.js';
import type { ServerRow } from './server-rows.js';

export type { Reconciliation };

/** One side's record of a connection, identified by the client's address and port. */
export interface Side extends Ends {
  readonly requests: number;
  /** Requests answered with an error; null if this side doesn't know. */
  readonly refused: number | null;
  /** Bytes. */
  readonly toServer: number;
  readonly toClient: number;
}

export interface ClientSide extends Side {
  /** It stopped waiting for an answer, so that bytes under way were lost. */
  readonly gaveUp: boolean;
}

const MAX_EXAMPLES = 5;

const GAVE_UP: readonly string[] = ['timed out', 'stalled', 'interrupted'];

/** Whether the client ended the connection without its answer. `failure`: as in its row. */
export function gaveUp(failure: string): boolean {
  return GAVE_UP.includes(failure);
}

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
  clients: readonly ClientSide[],
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
export function clientSides(rows: readonly ClientRow[]): readonly ClientSide[] {
  return rows.filter((row) => row.connected > 0).map(clientSide);
}

/** Without connections that were reset before their address was read. */
export function serverSides(rows: readonly ServerRow[]): readonly Side[] {
  return rows.filter((row) => row.remoteAddress !== '').map(serverSide);
}

function clientSide(row: ClientRow): ClientSide {
  return {
    address: row.localAddress,
    port: row.localPort,
    opened: row.opened,
    requests: row.requests,
    refused: refusedOf(row.failure),
    toServer: row.bytesSent,
    toClient: row.bytesReceived,
    gaveUp: gaveUp(row.failure),
  };
}

function serverSide(row: ServerRow): Side {
  return {
    address: row.remoteAddress,
    port: row.remotePort,
    opened: row.opened,
    requests: row.requests,
    refused: row.refused,
    toServer: row.bytesIn,
    toClient: row.bytesOut,
  };
}

/**
 * Of a client's connection with this failure. One that failed in another way may have been refused
 * without knowing.
 */
export function refusedOf(failure: string): number | null {
  if (failure === '') return 0;
  return failure === 'rejected' ? 1 : null;
}

/** The difference as text; empty if none. */
function difference(client: ClientSide | undefined, server: Side | undefined): string {
  if (client?.gaveUp && wasUnderWay(client, server)) return '';
  if (!server) return 'the server has no row';
  if (!client) return 'the client has no row';
  const compare = (what: string, mine: number | null, theirs: number | null) =>
    mine === theirs || mine === null || theirs === null
      ? []
      : [`${what}: client ${mine}, server ${theirs}`];
  return [
    ...compare('requests', client.requests, server.requests),
    ...compare('refused', client.refused, server.refused),
    ...compare('bytes to the server', client.toServer, server.toServer),
    ...compare('bytes to the client', client.toClient, server.toClient),
  ].join('; ');
}

/**
 * Whether the bytes under way when the client gave up explain the difference: the server has received at most what was
 * sent to it, and has sent at least what arrived. Without a row it had not accepted the connection.
 */
function wasUnderWay(
  client: Side,
  server: Pick<Side, 'requests' | 'toServer' | 'toClient'> = NOTHING,
) {
  return (
    server.toServer <= client.toServer &&
    server.toClient >= client.toClient &&
    server.requests >= client.requests
  );
}

const NOTHING = { requests: 0, toServer: 0, toClient: 0 };
