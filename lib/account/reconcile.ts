/** Reconciliation: compares each connection's record on the client with the server's. */

import type { Mismatch, Reconciliation } from '../schema/reconciliation.js';
import type { ClientRow } from './client-rows.js';
import type { ServerRow } from './server-rows.js';

export type { Reconciliation };

/** One side's record of a connection, identified by the client's address and port. */
export interface Side {
  readonly address: string;
  readonly port: number;
  /** Orders consecutive connections with the same client port; any unit. */
  readonly opened: number;
  readonly requests: number;
  /** Bytes. */
  readonly toServer: number;
  readonly toClient: number;
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
  return compareSides(
    clients.filter((row) => row.connected > 0).map(clientSide),
    servers.filter((row) => row.remoteAddress !== '').map(serverSide),
    rowsLost,
  );
}

export function compareSides(
  clients: readonly Side[],
  servers: readonly Side[],
  rowsLost = false,
): Reconciliation {
  const [mine, theirs] = [byConnection(clients), byConnection(servers)];
  const examples: Mismatch[] = [];
  let [compared, mismatches, unknown] = [0, 0, 0];
  for (const connection of new Set([...mine.keys(), ...theirs.keys()])) {
    const [own, others] = [mine.get(connection) ?? [], theirs.get(connection) ?? []];
    const known = rowsLost ? withoutLost(own, others) : own;
    unknown += own.length - known.length;
    for (let i = 0; i < Math.max(known.length, others.length); i++) {
      compared++;
      const what = difference(known[i], others[i]);
      if (what === '') continue;
      mismatches++;
      if (examples.length < MAX_EXAMPLES) examples.push({ connection, what });
    }
  }
  return { compared, mismatches, unknown, examples };
}

/** The client's rows of connections that the server knows: of one port, the last opened before. */
function withoutLost(own: readonly Side[], others: readonly Side[]): readonly Side[] {
  const known = new Set(others.map(({ opened }) => own.findLast((mine) => mine.opened <= opened)));
  return own.filter((mine) => known.has(mine));
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

/** A client port may be used by several connections in succession. */
function byConnection(sides: readonly Side[]): ReadonlyMap<string, readonly Side[]> {
  const groups = new Map<string, Side[]>();
  for (const side of sides) {
    // An IPv6 socket shows IPv4 addresses as ::ffff:a.b.c.d.
    const connection = `${side.address.replace(/^::ffff:/, '')}:${side.port}`;
    const group = groups.get(connection);
    if (group) group.push(side);
    else groups.set(connection, [side]);
  }
  for (const group of groups.values()) group.sort((a, b) => a.opened - b.opened);
  return groups;
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
