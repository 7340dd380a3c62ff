/** Both sides' records of transfers, where they are few and large: one row per transfer. */
import type { ClientTransferColumns, TransferColumns } from '../native-data.js';
import type { TransferTotals } from '../schema/transfers.js';
import { maxIfAny, ratio, sumOf } from '../sums.js';

export type { TransferTotals };

export const TRANSFER_OUTCOMES = ['done', 'refused', 'incomplete'] as const;
export type TransferOutcome = (typeof TRANSFER_OUTCOMES)[number];

/** Times are ns on CLOCK_MONOTONIC. */
export interface ServerTransfer {
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** When its connection was opened. */
  readonly opened: number;
  /** On its connection, from 1. */
  readonly number: number;
  /** Empty in a request that the server could not read. */
  readonly operation: string;
  /** Payload that the kernel has taken, or that was received. */
  readonly bytes: number;
  /** When the request was read, and when all was with the kernel, or received and answered. */
  readonly began: number;
  readonly ended: number;
  readonly outcome: TransferOutcome;
}

export interface ClientTransfer {
  readonly localAddress: string;
  readonly localPort: number;
  readonly opened: number;
  readonly number: number;
  readonly operation: string;
  /** Payload moved in either direction. */
  readonly bytes: number;
  /** In a closed loop, when the client was free to send. */
  readonly due: number;
  /** The first byte of the request, and that of the answer; 0: never. */
  readonly sent: number;
  readonly firstAnswer: number;
  readonly ended: number;
  /** The kind of failure; empty if none. */
  readonly failure: string;
}

/** Rows, and how many others there was no room for. */
export interface Recorded<Row> {
  readonly rows: readonly Row[];
  readonly unrecorded: number;
}

export const NO_TRANSFERS: Recorded<never> = { rows: [], unrecorded: 0 };

export function outcomeOf({ failure }: Pick<ClientTransfer, 'failure'>): TransferOutcome {
  if (failure === '') return 'done';
  return failure === 'rejected' ? 'refused' : 'incomplete';
}

export function clientTotals({ rows, unrecorded }: Recorded<ClientTransfer>): TransferTotals {
  const parts = rows.map((row) => ({
    outcome: outcomeOf(row),
    bytes: row.bytes,
    ns: row.ended - row.sent,
  }));
  return totalsOf(parts, unrecorded);
}

export function serverTotals({ rows, unrecorded }: Recorded<ServerTransfer>): TransferTotals {
  const parts = rows.map((row) => ({
    outcome: row.outcome,
    bytes: row.bytes,
    ns: row.ended - row.began,
  }));
  return totalsOf(parts, unrecorded);
}

interface Part {
  readonly outcome: TransferOutcome;
  readonly bytes: number;
  readonly ns: number;
}

function totalsOf(parts: readonly Part[], unrecorded: number): TransferTotals {
  const count = (wanted: TransferOutcome) =>
    parts.filter(({ outcome }) => outcome === wanted).length;
  const done = parts.filter(({ outcome }) => outcome === 'done');
  const longest = maxIfAny(done.map(({ ns }) => ns));
  return {
    transfers: parts.length,
    refused: count('refused'),
    incomplete: count('incomplete'),
    bytes: sumOf(parts, ({ bytes }) => bytes),
    meanMs: ratio(sumOf(done, ({ ns }) => ns) / 1e6, done.length),
    longestMs: longest === null ? null : longest / 1e6,
    unrecorded,
  };
}

/** What several processes or threads have recorded. */
export function mergeRecorded<Row>(parts: readonly Recorded<Row>[]): Recorded<Row> {
  return {
    rows: parts.flatMap(({ rows }) => rows),
    unrecorded: sumOf(parts, ({ unrecorded }) => unrecorded),
  };
}

export function serverTransfers(columns: TransferColumns): Recorded<ServerTransfer> {
  const rows = columns.remoteAddress.map((remoteAddress, i) => {
    const at = (column: Float64Array) => column[i] as number;
    return {
      remoteAddress,
      remotePort: at(columns.remotePort),
      opened: at(columns.opened),
      number: at(columns.number),
      operation: columns.operation[i] as string,
      bytes: at(columns.bytes),
      began: at(columns.began),
      ended: at(columns.ended),
      outcome: columns.outcome[i] as TransferOutcome,
    };
  });
  return { rows, unrecorded: columns.unrecorded };
}

/** As columns, for models that keep rows in TypeScript. */
export function transferColumns({ rows, unrecorded }: Recorded<ServerTransfer>): TransferColumns {
  const numbers = (get: (row: ServerTransfer) => number) => Float64Array.from(rows, get);
  return {
    remoteAddress: rows.map((row) => row.remoteAddress),
    remotePort: numbers((row) => row.remotePort),
    opened: numbers((row) => row.opened),
    number: numbers((row) => row.number),
    operation: rows.map((row) => row.operation),
    bytes: numbers((row) => row.bytes),
    began: numbers((row) => row.began),
    ended: numbers((row) => row.ended),
    outcome: rows.map((row) => row.outcome),
    unrecorded,
  };
}

export function clientTransfers(columns: ClientTransferColumns): Recorded<ClientTransfer> {
  const rows = columns.localAddress.map((localAddress, i) => {
    const at = (column: Float64Array) => column[i] as number;
    return {
      localAddress,
      localPort: at(columns.localPort),
      opened: at(columns.opened),
      number: at(columns.number),
      operation: columns.operation[i] as string,
      bytes: at(columns.bytes),
      due: at(columns.due),
      sent: at(columns.sent),
      firstAnswer: at(columns.firstAnswer),
      ended: at(columns.ended),
      failure: columns.failure[i] as string,
    };
  });
  return { rows, unrecorded: columns.unrecorded };
}
