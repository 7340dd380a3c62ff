/** Compares each transfer's record on the client with the server's. */
import type {
  TransferDifference,
  TransferDifferenceKind,
  TransferReconciliation,
} from '../schema/transfers.js';
import type { ClientRow } from './client-rows.js';
import { connectionOf, type Ends, pairs } from './pairs.js';
import { clientSides, serverSides } from './reconcile.js';
import type { ServerRow } from './server-rows.js';
import {
  type ClientTransfer,
  outcomeOf,
  type Recorded,
  type ServerTransfer,
  type TransferOutcome,
} from './transfers.js';

export type { TransferDifference, TransferReconciliation };

/** One side's record of a transfer, with the ends of its connection. */
export interface TransferSide extends Ends {
  /** On its connection, from 1. */
  readonly number: number;
  /** Empty: unknown. */
  readonly operation: string;
  readonly bytes: number;
  readonly outcome: TransferOutcome;
}

export interface TransferAccount {
  /** All connections with a row, so that those without a transfer are joined too. */
  readonly connections: readonly Ends[];
  readonly transfers: readonly TransferSide[];
  /** Transfers that were not recorded. */
  readonly unrecorded: number;
}

const MAX_EXAMPLES = 5;

export function differenceInWords(difference: TransferDifference): string {
  const { connection, number, kind, client, server } = difference;
  const sides = `client ${client ?? 'nothing'}, server ${server ?? 'nothing'}`;
  return `${connection}, ${number}: ${kind}, ${sides}`;
}

export function clientAccount(
  connections: readonly ClientRow[],
  { rows, unrecorded }: Recorded<ClientTransfer>,
): TransferAccount {
  const transfers = rows.map((row) => ({
    address: row.localAddress,
    port: row.localPort,
    opened: row.opened,
    number: row.number,
    operation: row.operation,
    bytes: row.bytes,
    outcome: outcomeOf(row),
  }));
  return { connections: clientSides(connections), transfers, unrecorded };
}

/** Skips transfers of connections without an address, as the connections are. */
export function serverAccount(
  connections: readonly ServerRow[],
  { rows, unrecorded }: Recorded<ServerTransfer>,
): TransferAccount {
  const transfers = rows
    .filter(({ remoteAddress }) => remoteAddress !== '')
    .map((row) => ({
      address: row.remoteAddress,
      port: row.remotePort,
      opened: row.opened,
      number: row.number,
      operation: row.operation,
      bytes: row.bytes,
      outcome: row.outcome,
    }));
  return { connections: serverSides(connections), transfers, unrecorded };
}

/**
 * Joins the transfers of both sides on connection and number. What a client didn't complete isn't compared further: its
 * request may not have arrived, and the end of an answer may have been under way.
 */
export function reconcileTransfers(
  client: TransferAccount,
  server: TransferAccount,
  rowsLost = false,
): TransferReconciliation {
  const byKind = { missing: 0, operation: 0, outcome: 0, bytes: 0 };
  const examples: TransferDifference[] = [];
  let [compared, unknown] = [0, 0];
  for (const joined of joinedTransfers(client, server, rowsLost)) {
    if (isUnknown(joined, client, server)) {
      unknown++;
      continue;
    }
    compared++;
    const different = difference(joined);
    if (different === null) continue;
    byKind[different.kind]++;
    if (examples.length < MAX_EXAMPLES) examples.push(different);
  }
  const mismatches = Object.values(byKind).reduce((sum, each) => sum + each, 0);
  return { compared, mismatches, unknown, byKind, examples };
}

interface Joined {
  readonly connection: string;
  readonly number: number;
  readonly client: TransferSide | undefined;
  readonly server: TransferSide | undefined;
  /** The server's row of the connection is lost, and transfers may be with it. */
  readonly isLost: boolean;
}

function* joinedTransfers(
  client: TransferAccount,
  server: TransferAccount,
  rowsLost: boolean,
): Generator<Joined> {
  const [mine, theirs] = [connectionsOf(client), connectionsOf(server)];
  for (const pair of pairs(mine, theirs, rowsLost)) {
    const [own, others] = [pair.client?.transfers, pair.server?.transfers];
    const isLost = pair.isLost || (rowsLost && pair.server?.hasRow === false);
    for (const number of new Set([...(own?.keys() ?? []), ...(others?.keys() ?? [])])) {
      const [mine, theirs] = [own?.get(number), others?.get(number)];
      yield { connection: pair.connection, number, client: mine, server: theirs, isLost };
    }
  }
}

interface Connection extends Ends {
  readonly transfers: Map<number, TransferSide>;
  readonly hasRow: boolean;
}

/** A connection may be known by its transfers alone, if its row is lost. */
function connectionsOf({ connections, transfers }: TransferAccount): readonly Connection[] {
  const keyOf = (ends: Ends) => `${connectionOf(ends)} ${ends.opened}`;
  const known = new Map<string, Connection>();
  const enter = ({ address, port, opened }: Ends, hasRow: boolean): Connection => {
    const connection = { address, port, opened, transfers: new Map(), hasRow };
    known.set(keyOf(connection), connection);
    return connection;
  };
  for (const ends of connections) enter(ends, true);
  for (const transfer of transfers)
    (known.get(keyOf(transfer)) ?? enter(transfer, false)).transfers.set(transfer.number, transfer);
  return [...known.values()];
}

function isUnknown(
  { client, server, isLost }: Joined,
  { unrecorded: atClient }: TransferAccount,
  { unrecorded: atServer }: TransferAccount,
): boolean {
  if (client && server) return false;
  return client ? isLost || atServer > 0 : atClient > 0;
}

/** Null if there is none. */
function difference({ connection, number, client, server }: Joined): TransferDifference | null {
  const differ = (
    kind: TransferDifferenceKind,
    get: (side: TransferSide) => string,
  ): TransferDifference => ({
    ...{ kind, connection, number },
    client: client ? get(client) : null,
    server: server ? get(server) : null,
  });
  if (client?.outcome === 'incomplete') return null;
  if (!client || !server) return differ('missing', ({ operation }) => operation);
  if (server.operation !== '' && client.operation !== server.operation)
    return differ('operation', ({ operation }) => operation);
  if (client.outcome !== server.outcome) return differ('outcome', ({ outcome }) => outcome);
  if (client.outcome === 'done' && client.bytes !== server.bytes)
    return differ('bytes', ({ bytes }) => String(bytes));
  return null;
}
