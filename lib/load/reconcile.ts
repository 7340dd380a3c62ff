/** Reconciliation: does each connection's account on the client agree with the server's? */
import type { ServerRow } from '../server/table.js';
import type { ClientRow } from './table.js';

export interface Mismatch {
  /** The client's end: ADDRESS:PORT. */
  readonly connection: string;
  /** In plain words. */
  readonly what: string;
}

export interface Reconciliation {
  /** Connections that were compared. */
  readonly compared: number;
  readonly mismatches: number;
  /** The first few. */
  readonly examples: readonly Mismatch[];
}

const MOST_EXAMPLES = 5;

/** IPv4 as an IPv6 socket shows it is the same address. */
function keyOf(address: string, port: number): string {
  return `${address.replace(/^::ffff:/, '')}:${port}`;
}

/** One client port may serve several connections, one after the other: each key's rows are in order. */
function byKey<Row extends { readonly opened: number }>(
  rows: readonly Row[],
  key: (row: Row) => string,
): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  for (const group of groups.values()) group.sort((a, b) => a.opened - b.opened);
  return groups;
}

function differences(client: ClientRow, server: ServerRow): string[] {
  const compare = (what: string, mine: number, theirs: number) =>
    mine === theirs ? [] : [`${what}: client ${mine}, server ${theirs}`];
  return [
    ...compare('requests', client.requests, server.requests),
    ...compare('bytes to the server', client.bytesSent, server.bytesIn),
    ...compare('bytes to the client', client.bytesReceived, server.bytesOut),
  ];
}

/** Joins both tables on the client's address and port, and compares row by row, in both directions. */
export function reconcile(
  clients: readonly ClientRow[],
  servers: readonly ServerRow[],
): Reconciliation {
  const mine = byKey(
    clients.filter((row) => row.connected > 0),
    (row) => keyOf(row.localAddress, row.localPort),
  );
  const theirs = byKey(servers, (row) => keyOf(row.remoteAddress, row.remotePort));
  const examples: Mismatch[] = [];
  let compared = 0;
  let mismatches = 0;
  for (const connection of new Set([...mine.keys(), ...theirs.keys()])) {
    const [a, b] = [mine.get(connection) ?? [], theirs.get(connection) ?? []];
    for (let i = 0; i < Math.max(a.length, b.length); i++) {
      compared++;
      const what = compareRows(a[i], b[i]);
      if (what === '') continue;
      mismatches++;
      if (examples.length < MOST_EXAMPLES) examples.push({ connection, what });
    }
  }
  return { compared, mismatches, examples };
}

function compareRows(client: ClientRow | undefined, server: ServerRow | undefined): string {
  if (!server) return 'the server never accepted it';
  if (!client) return 'the client knows nothing of it';
  return differences(client, server).join('; ');
}
