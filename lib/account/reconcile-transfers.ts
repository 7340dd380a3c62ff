/** Compares each transfer's record on the client with the server's. */
import type {
  TransferDifference,
  TransferDifferenceKind,
  TransferReconciliation,
} from '../schema/transfers.js';
import type { ClientRow } from './client-rows.js';
import { type Joined, joinTransfers, type Transferred } from './join-transfers.js';
import type { Ends } from './pairs.js';
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

export interface TransferAccount<Side extends TransferSide = TransferSide>
  extends Transferred<Side> {
  /** Transfers that were not recorded. */
  readonly unrecorded: number;
}

/** A side with its row. */
type OfRow<Row> = TransferSide & { readonly row: Row };

/** Both sides of a transfer with their rows. */
export type JoinedTransfer = Joined<OfRow<ClientTransfer>, OfRow<ServerTransfer>>;

const MAX_EXAMPLES = 5;

export function differenceInWords(difference: TransferDifference): string {
  const { connection, number, kind, client, server } = difference;
  const sides = `client ${client ?? 'nothing'}, server ${server ?? 'nothing'}`;
  return `${connection}, ${number}: ${kind}, ${sides}`;
}

export function clientAccount(
  connections: readonly ClientRow[],
  { rows, unrecorded }: Recorded<ClientTransfer>,
): TransferAccount<OfRow<ClientTransfer>> {
  const transfers = rows.map((row) => ({
    address: row.localAddress,
    port: row.localPort,
    opened: row.opened,
    number: row.number,
    operation: row.operation,
    bytes: row.bytes,
    outcome: outcomeOf(row),
    row,
  }));
  return { connections: clientSides(connections), transfers, unrecorded };
}

/** Skips transfers of connections without an address, as the connections are. */
export function serverAccount(
  connections: readonly ServerRow[],
  { rows, unrecorded }: Recorded<ServerTransfer>,
): TransferAccount<OfRow<ServerTransfer>> {
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
      row,
    }));
  return { connections: serverSides(connections), transfers, unrecorded };
}

/**
 * Compares the transfers of both sides. What a client didn't complete isn't compared further: its
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
  for (const joined of joinTransfers(client, server, rowsLost)) {
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

function isUnknown(
  { client, server, isLost }: Joined<TransferSide, TransferSide>,
  { unrecorded: atClient }: TransferAccount,
  { unrecorded: atServer }: TransferAccount,
): boolean {
  if (client && server) return false;
  return client ? isLost || atServer > 0 : atClient > 0;
}

/** Null if there is none. */
function difference({
  connection,
  number,
  client,
  server,
}: Joined<TransferSide, TransferSide>): TransferDifference | null {
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
