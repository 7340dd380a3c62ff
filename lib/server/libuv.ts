/** The `libuv` model: Node's own `net` server, one loop in one process. */
import net, { type Socket } from 'node:net';
import { type Counts, counts } from '../account/counts.js';
import { columnsOf, openingRow, type ServerRow } from '../account/server-rows.js';
import {
  recordTransfers,
  TransferLog,
  type TransferRecorder,
} from '../account/transfer-recorder.js';
import { NO_TRANSFERS, transferColumns } from '../account/transfers.js';
import { native } from '../native.js';
import type { Tally } from '../service/service.js';
import { openService } from '../service/services.js';
import { failureReason } from './failure-reason.js';
import type { Listing, StartModel } from './running.js';

/** The server's connection records. */
interface Ledger {
  readonly live: Map<Socket, Progress>;
  /** The rows of closed connections, and the sums of all of them. */
  readonly rows: ServerRow[];
  /** Undefined if they aren't recorded. */
  readonly transfers: TransferLog | undefined;
  readonly closed: { connections: number } & Sums;
  accepts: number;
  readonly listsOpenings: boolean;
  stopping: boolean;
}

interface Sums extends Tally {
  bytesIn: number;
  bytesOut: number;
}

/** The state of a connection that its socket doesn't have. */
interface Progress extends Tally {
  closeReason: string;
}

/** 0: no limit. */
interface Limits {
  readonly idleMs: number;
  readonly writeMs: number;
}

/** A socket is paused while its peer doesn't take an answer. */
function limitWaits(socket: Socket, progress: Progress, { idleMs, writeMs }: Limits): void {
  socket.setTimeout(idleMs);
  socket.on('pause', () => socket.setTimeout(writeMs));
  socket.on('resume', () => socket.setTimeout(idleMs));
  socket.on('timeout', () => {
    progress.closeReason = socket.isPaused() ? 'stalled' : 'idle';
    socket.destroy();
  });
}

/** Adds a connection to the sums. */
function add(sums: Sums, socket: Socket, { requests, refused }: Progress): void {
  sums.requests += requests;
  sums.refused += refused;
  sums.bytesIn += socket.bytesRead;
  sums.bytesOut += socket.bytesWritten;
}

/** Records the connection in the ledger, when it opens and when it closes; and its transfers, if it shall. */
function account(socket: Socket, progress: Progress, ledger: Ledger): TransferRecorder | undefined {
  // Both are undefined if the connection was reset before it was accepted.
  const { remoteAddress = '', remotePort = 0 } = socket;
  const opened = native.now();
  const row = openingRow({ address: remoteAddress, port: remotePort }, opened);
  ledger.accepts++;
  if (ledger.listsOpenings) ledger.rows.push(row);
  ledger.live.set(socket, progress);
  const transfers = ledger.transfers && recordTransfers(row, ledger.transfers.add);
  socket.on('error', (error: NodeJS.ErrnoException) => {
    progress.closeReason = failureReason(-(error.errno ?? 0));
  });
  socket.on('close', () => {
    transfers?.close(socket.writableLength);
    ledger.live.delete(socket);
    ledger.closed.connections++;
    add(ledger.closed, socket, progress);
    ledger.rows.push({
      ...row,
      closed: native.now(),
      requests: progress.requests,
      refused: progress.refused,
      bytesIn: socket.bytesRead,
      bytesOut: socket.bytesWritten,
      closeReason: ledger.stopping ? 'stopped' : progress.closeReason,
    });
  });
  return transfers;
}

function newLedger({ listsOpenings = false, listsTransfers = false }: Listing): Ledger {
  const closed = { connections: 0, requests: 0, refused: 0, bytesIn: 0, bytesOut: 0 };
  const transfers = listsTransfers ? new TransferLog() : undefined;
  const nothing = { live: new Map(), rows: [], closed, accepts: 0, stopping: false };
  return { ...nothing, transfers, listsOpenings };
}

function countsOf({ accepts, closed, live }: Ledger): Counts {
  const { connections: closes, ...sums } = closed;
  for (const [socket, progress] of live) add(sums, socket, progress);
  return counts({ accepts, closes, ...sums });
}

export const startLibuv: StartModel = async ([listener], spec) => {
  const { backlog, idleTimeoutNs = 0, writeTimeoutNs = 0 } = spec;
  const limits = {
    idleMs: Math.ceil(idleTimeoutNs / 1e6),
    writeMs: Math.ceil(writeTimeoutNs / 1e6),
  };
  native.checkService(spec.service);
  const service = openService(spec.service);
  const ledger = newLedger(spec);
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    const progress = { requests: 0, refused: 0, closeReason: 'end' };
    const transfers = account(socket, progress, ledger);
    limitWaits(socket, progress, limits);
    service.serve(socket, progress, transfers);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ fd: listener }, backlog, resolve); // with `fd`, the option `backlog` is ignored
  });

  return {
    counts: () => [countsOf(ledger)],
    takeRows: () => columnsOf(ledger.rows.splice(0)),
    takeTransfers: () => transferColumns(ledger.transfers?.take() ?? NO_TRANSFERS),
    stop: async () => {
      ledger.stopping = true;
      const closed = new Promise((resolve) => server.close(resolve));
      // The server closes before its sockets, whose close events record the rows.
      const ends = [...ledger.live.keys()].map(
        (socket) => new Promise((end) => socket.once('close', end)),
      );
      for (const socket of ledger.live.keys()) socket.destroy();
      await Promise.all([closed, ...ends]);
      service.close();
      return columnsOf(ledger.rows.splice(0));
    },
  };
};
