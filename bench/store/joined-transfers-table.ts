/** The transfers of both sides as one table, with what the client's time consists of. Both sides have read one clock. */
import type { JoinedTransfer } from '../../lib/account/reconcile-transfers.js';
import { partsOf, type TransferParts } from '../../lib/account/transfer-parts.js';
import { type Columns, ms, table } from './csv.js';

/** Times are relative to `started`; empty on the side that has no row, and the parts unless both have completed it. */
function columns(started: number): Columns<JoinedTransfer> {
  const at = (instant: number | undefined) => (instant ? ms(instant - started) : null);
  const part = (joined: JoinedTransfer, get: (parts: TransferParts) => number) => {
    const parts = partsOf(joined);
    return parts && ms(get(parts));
  };
  return [
    ['transfer', (_, index) => index + 1],
    ['connection', ({ connection }) => connection],
    ['number', ({ number }) => number],
    ['operation', ({ client, server }) => (client ?? server)?.operation ?? null],
    ['due_ms', ({ client }) => at(client?.row.due)],
    ['opened_ms', ({ server }) => at(server?.row.opened)],
    ['began_ms', ({ server }) => at(server?.row.began)],
    ['first_answer_ms', ({ client }) => at(client?.row.firstAnswer)],
    ['ended_ms', ({ client }) => at(client?.row.ended)],
    ['waiting_ms', (joined) => part(joined, ({ waiting }) => waiting)],
    ['sending_ms', (joined) => part(joined, ({ sending }) => sending)],
    ['answering_ms', (joined) => part(joined, ({ answering }) => answering)],
    ['client_bytes', ({ client }) => client?.bytes ?? null],
    ['server_bytes', ({ server }) => server?.bytes ?? null],
    ['client_outcome', ({ client }) => client?.outcome ?? null],
    ['server_outcome', ({ server }) => server?.outcome ?? null],
    ['error', ({ client }) => client?.row.failure ?? null],
  ];
}

/** `started`: when the server began to listen, ns on CLOCK_MONOTONIC. */
export function joinedTransferTable(
  joined: readonly JoinedTransfer[],
  started: number,
): Iterable<string> {
  return table(columns(started), joined);
}
