/** What a client's time for a transfer consists of. Compares instants of both sides, which must have read one clock. */
import { meanIfAny } from '../sums.js';
import type { JoinedTransfer } from './reconcile-transfers.js';
import type { ClientTransfer, ServerTransfer } from './transfers.js';

/** In ns; together from when the transfer was due to its last byte at the client. */
export interface TransferParts {
  /** Until the server had read the request: it may have waited for a worker. */
  readonly waiting: number;
  /** Until the first byte of the answer: an upload moves its payload here. */
  readonly sending: number;
  /** Until the last byte of the answer: a download moves its payload here. */
  readonly answering: number;
}

/** Null unless both sides know it as completed. */
export function partsOf(joined: JoinedTransfer): TransferParts | null {
  const [client, server] = [joined.client?.row, joined.server?.row];
  return isDone(joined) && client && server ? split(client, server) : null;
}

function isDone({ client, server }: JoinedTransfer): boolean {
  return client?.outcome === 'done' && server?.outcome === 'done';
}

/** Limited, because the server reads its clock after the bytes have arrived. */
function split(client: ClientTransfer, { began }: ServerTransfer): TransferParts {
  const read = Math.min(Math.max(began, client.due), client.firstAnswer);
  return {
    waiting: read - client.due,
    sending: client.firstAnswer - read,
    answering: client.ended - client.firstAnswer,
  };
}

/** Means in ms; null without a completed transfer. */
export function meanParts(joined: Iterable<JoinedTransfer>) {
  const parts = [...joined].flatMap((each) => partsOf(each) ?? []);
  const mean = (get: (part: TransferParts) => number) =>
    meanIfAny(parts.map((part) => get(part) / 1e6));
  const waitingMs = mean(({ waiting }) => waiting);
  const sendingMs = mean(({ sending }) => sending);
  const answeringMs = mean(({ answering }) => answering);
  if (waitingMs === null || sendingMs === null || answeringMs === null) return null;
  return { waitingMs, sendingMs, answeringMs };
}
