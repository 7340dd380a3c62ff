/** The `libuv` model: Node's own `net` server, one loop in one process. */
import net, { type Socket } from 'node:net';
import { counts } from '../account/counts.js';
import { columnsOf, type ServerRow } from '../account/server-rows.js';
import { native } from '../native.js';
import { failureReason } from './failure-reason.js';
import { countLines } from './lines.cjs';
import type { StartModel } from './running.js';

/** The server's connection records. */
interface Ledger {
  readonly live: Set<Socket>;
  /** The rows of closed connections. */
  readonly rows: ServerRow[];
  readonly total: {
    accepts: number;
    closes: number;
    requests: number;
    bytesIn: number;
    bytesOut: number;
  };
  stopping: boolean;
}

/** The state of a connection that its socket doesn't have. */
interface Progress {
  requests: number;
  closeReason: string;
}

/** 0: no limit. */
interface Limits {
  readonly idleMs: number;
  readonly writeMs: number;
}

function echo(
  socket: Socket,
  progress: Progress,
  { total }: Ledger,
  { idleMs, writeMs }: Limits,
): void {
  socket.on('data', (chunk) => {
    const lines = countLines(chunk);
    progress.requests += lines;
    total.requests += lines;
    total.bytesIn += chunk.length;
    total.bytesOut += chunk.length;
    // Backpressure: resume reading only after the written bytes were taken.
    if (socket.write(chunk)) return;
    socket.pause();
    socket.setTimeout(writeMs);
  });
  socket.on('drain', () => {
    socket.setTimeout(idleMs);
    socket.resume();
  });
  socket.setTimeout(idleMs);
  socket.on('timeout', () => {
    progress.closeReason = socket.isPaused() ? 'stalled' : 'idle';
    socket.destroy();
  });
  socket.on('end', () => socket.end());
  socket.on('error', (error: NodeJS.ErrnoException) => {
    progress.closeReason = failureReason(-(error.errno ?? 0));
  });
}

/** Records the connection in the ledger, when it opens and when it closes. */
function account(socket: Socket, progress: Progress, ledger: Ledger): void {
  // Both are undefined if the connection was reset before it was accepted.
  const { remoteAddress = '', remotePort = 0 } = socket;
  const opened = native.now();
  ledger.total.accepts++;
  ledger.live.add(socket);
  socket.on('close', () => {
    ledger.live.delete(socket);
    ledger.total.closes++;
    ledger.rows.push({
      loop: 0,
      remoteAddress,
      remotePort,
      opened,
      closed: native.now(),
      requests: progress.requests,
      bytesIn: socket.bytesRead,
      bytesOut: socket.bytesWritten,
      closeReason: ledger.stopping ? 'stopped' : progress.closeReason,
    });
  });
}

export const startLibuv: StartModel = async ([listener], spec) => {
  const { backlog, idleTimeoutNs = 0, writeTimeoutNs = 0 } = spec;
  const limits = {
    idleMs: Math.ceil(idleTimeoutNs / 1e6),
    writeMs: Math.ceil(writeTimeoutNs / 1e6),
  };
  const total = { accepts: 0, closes: 0, requests: 0, bytesIn: 0, bytesOut: 0 };
  const ledger: Ledger = { live: new Set(), rows: [], total, stopping: false };

  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    const progress = { requests: 0, closeReason: 'end' };
    account(socket, progress, ledger);
    echo(socket, progress, ledger, limits);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ fd: listener }, backlog, resolve); // with `fd`, the option `backlog` is ignored
  });

  return {
    counts: () => [counts(total)],
    takeRows: () => columnsOf(ledger.rows.splice(0)),
    stop: async () => {
      ledger.stopping = true;
      const closed = new Promise((resolve) => server.close(resolve));
      // The server closes before its sockets, whose close events record the rows.
      const ends = [...ledger.live].map(
        (socket) => new Promise((end) => socket.once('close', end)),
      );
      for (const socket of ledger.live) socket.destroy();
      await Promise.all([closed, ...ends]);
      return columnsOf(ledger.rows.splice(0));
    },
  };
};
