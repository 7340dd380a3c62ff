/** The log of `serve`: a line when a connection opens, one for each recorded transfer, and one when the connection closes. */
import { open } from 'node:fs/promises';
import { isOpening, type ServerRow } from '../../lib/account/server-rows.js';
import type { ServerTransfer } from '../../lib/account/transfers.js';
import { native } from '../../lib/native.js';
import { UsageError } from '../cli/usage-error.js';
import type { Names } from './host-names.js';
import { reasonOf, writing } from './writing.js';

export interface ConnectionLog {
  /** Takes all that was added since the last call; writes those whose order is final. `names`: empty if not wanted. */
  append(
    rows: readonly ServerRow[],
    transfers: readonly ServerTransfer[],
    names: Names,
  ): Promise<void>;
  /** Writes the rest. */
  finish(): Promise<void>;
  /** Must be called at the end, also after a write has failed. */
  close(): Promise<void>;
}

/** Where the lines go. */
interface Sink {
  write(text: string): Promise<void>;
  close(): Promise<void>;
}

const STDOUT = '-';

/** `path`: a file, to which lines are appended, or `-` for standard output. */
export async function openConnectionLog(path: string): Promise<ConnectionLog> {
  return logTo(path === STDOUT ? standardOutput : await openFile(path), native.now);
}

/**
 * Writes lines in the order of their times. The loops of a server are read one after the other, so a call may lack rows
 * that precede others in it, but none from before the previous call. `clock`: ns on CLOCK_MONOTONIC.
 */
export function logTo(sink: Sink, clock: () => number): ConnectionLog {
  let waiting: readonly Line[] = [];
  let complete = Number.NEGATIVE_INFINITY;
  const writeUntil = async (time: number) => {
    const due = waiting.filter((line) => line.time <= time);
    waiting = waiting.filter((line) => line.time > time);
    if (due.length > 0) await sink.write(due.map(({ text }) => `${text}\n`).join(''));
  };
  return {
    append: async (rows, transfers, names) => {
      const now = clock();
      const epochMs = Date.now() - now / 1e6;
      const lines = [
        ...transfers.map((transfer) => transferLine(transfer, epochMs)),
        ...rows.map((row) => lineOf(row, epochMs, names)),
      ];
      waiting = [...waiting, ...lines].sort((a, b) => a.time - b.time);
      const previous = complete;
      complete = now;
      await writeUntil(previous);
    },
    finish: () => writeUntil(Number.POSITIVE_INFINITY),
    close: () => sink.close(),
  };
}

interface Line {
  /** When it happened, ns on CLOCK_MONOTONIC. */
  readonly time: number;
  readonly text: string;
}

/** `epochMs`: the time of day at 0 of CLOCK_MONOTONIC. */
function lineOf(row: ServerRow, epochMs: number, names: Names): Line {
  const time = isOpening(row) ? row.opened : row.closed;
  const at = timeOfDay(time, epochMs);
  const name = names.get(row.remoteAddress);
  const peer = `${addressOf(row)}${name === undefined ? '' : ` name=${name}`}`;
  if (isOpening(row)) return { time, text: `${at} opened ${peer} loop=${row.loop}` };
  const counts = `requests=${row.requests} bytes_in=${row.bytesIn} bytes_out=${row.bytesOut}`;
  const lasted = `duration=${seconds(row.closed - row.opened)}`;
  const text = `${at} closed ${peer} loop=${row.loop} ${lasted} ${counts} reason=${row.closeReason}`;
  return { time, text };
}

/** When it ended. */
function transferLine(transfer: ServerTransfer, epochMs: number): Line {
  const { began, ended: time, number, operation, bytes, outcome } = transfer;
  const what = `number=${number} operation=${operation || 'unknown'} bytes=${bytes}`;
  const text = `${timeOfDay(time, epochMs)} transfer ${addressOf(transfer)} ${what} duration=${seconds(time - began)} outcome=${outcome}`;
  return { time, text };
}

function timeOfDay(time: number, epochMs: number): string {
  return new Date(epochMs + time / 1e6).toISOString();
}

function seconds(ns: number): string {
  return `${(ns / 1e9).toFixed(6)}s`;
}

/** `unknown` for a connection that was reset before its address was read. */
function addressOf({
  remoteAddress,
  remotePort,
}: Pick<ServerRow, 'remoteAddress' | 'remotePort'>): string {
  if (remoteAddress === '') return 'unknown';
  return remoteAddress.includes(':')
    ? `[${remoteAddress}]:${remotePort}`
    : `${remoteAddress}:${remotePort}`;
}

/** Doesn't wait for the reader, because a reader that stops must not stop the files of the server. */
const standardOutput: Sink = {
  write: async (text) => {
    process.stdout.write(text);
  },
  close: async () => {},
};

async function openFile(path: string): Promise<Sink> {
  const file = await open(path, 'a').catch((error) => {
    throw new UsageError(
      `--log ${path}: ${reasonOf(error)}; allowed: a file that can be written, or - for standard output`,
    );
  });
  return {
    write: (text) => writing(path, file.appendFile(text)),
    close: () => file.close(),
  };
}
