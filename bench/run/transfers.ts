/** The transfers of a trial as both sides recorded them. Pure. */
import { joinTransfers } from '../../lib/account/join-transfers.js';
import {
  clientAccount,
  reconcileTransfers,
  serverAccount,
} from '../../lib/account/reconcile-transfers.js';
import { meanParts } from '../../lib/account/transfer-parts.js';
import { clientTotals, serverTotals } from '../../lib/account/transfers.js';
import type { LoadReport } from '../../lib/load/client.js';
import type { Cell } from '../plan/plan.js';
import type { Transfers } from '../record.js';
import { type Evidence, hasLostRows } from './evidence.js';
import { recordsTransfers } from './specs.js';

/** Null if the load's transfers aren't recorded. */
export function transfersOf(
  cell: Cell,
  evidence: Evidence,
  { rows, transfers }: LoadReport,
): Transfers | null {
  if (!recordsTransfers(cell)) return null;
  const { serverRows, serverTransfers } = evidence;
  const client = clientTotals(transfers);
  if (!serverRows || !serverTransfers)
    return { client, server: null, reconciliation: null, parts: null };
  const mine = clientAccount(rows, transfers);
  const theirs = serverAccount(serverRows, serverTransfers);
  const rowsLost = hasLostRows(evidence);
  return {
    client,
    server: serverTotals(serverTransfers),
    reconciliation: reconcileTransfers(mine, theirs, rowsLost),
    parts: meanParts(joinTransfers(mine, theirs, rowsLost)),
  };
}
