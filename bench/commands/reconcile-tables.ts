/** Compares the tables of a server with those of its clients. Pure. */
import { keyOf, pairs, serversOf } from '../../lib/account/pairs.js';
import {
  type ClientSide,
  compareSides,
  type Reconciliation,
  type Side,
} from '../../lib/account/reconcile.js';
import {
  reconcileTransfers,
  type TransferReconciliation,
  type TransferSide,
} from '../../lib/account/reconcile-transfers.js';

export interface ServerTables {
  readonly connections: readonly Side[];
  /** Null if there is no such table. */
  readonly transfers: readonly TransferSide[] | null;
}

export interface ClientTables {
  /** Those of the loads whose transfers have rows. */
  readonly measured: readonly ClientSide[];
  /** Those of loads beside, whose transfers have none. */
  readonly beside: readonly ClientSide[];
  /** Those before and after the traffic, whose transfers have none. */
  readonly untimed: readonly ClientSide[];
  /** Null if a table is missing. */
  readonly transfers: readonly TransferSide[] | null;
}

export interface TablesReconciliation extends Reconciliation {
  /** Of the untimed connections, which the other figures are without. */
  readonly untimed: Reconciliation;
  /** Null if a table is missing. */
  readonly transfers:
    | (TransferReconciliation & {
        /** The server's, on connections of which the client keeps no transfers. */
        readonly notCompared: number;
      })
    | null;
}

/** A row of the server that belongs to no client of any table is among the differences of the measured connections. */
export function reconcileTables(clients: ClientTables, server: ServerTables): TablesReconciliation {
  const { measured, beside, untimed } = clients;
  // All are joined, because a port may have been used by one after the other.
  const joined = [...pairs([...measured, ...beside, ...untimed], server.connections, false)];
  const ofUntimed = serversOf(joined, new Set(untimed));
  const others = server.connections.filter((side) => !ofUntimed.has(side));
  const withoutTransfers = serversOf(joined, new Set([...beside, ...untimed]));
  return {
    ...compareSides([...measured, ...beside], others),
    untimed: compareSides(untimed, [...ofUntimed]),
    transfers: compareTransfers(clients, server, withoutTransfers),
  };
}

/** `excluded`: the server's sides of connections of which the client keeps no transfers. */
function compareTransfers(
  { measured, transfers: ofClients }: ClientTables,
  { connections, transfers: ofServer }: ServerTables,
  excluded: ReadonlySet<Side>,
): TablesReconciliation['transfers'] {
  if (ofClients === null || ofServer === null) return null;
  const keys = new Set([...excluded].map(keyOf));
  const compared = ofServer.filter((transfer) => !keys.has(keyOf(transfer)));
  const sides = connections.filter((side) => !excluded.has(side));
  return {
    ...reconcileTransfers(
      { connections: measured, transfers: ofClients, unrecorded: 0 },
      { connections: sides, transfers: compared, unrecorded: 0 },
    ),
    notCompared: ofServer.length - compared.length,
  };
}
