/** The `libuv` model: Node's own `net` server, one loop in one process. */
import net, { type Socket } from 'node:net';
import { counts } from '../account/counts.js';
import { columnsOf, type ServerRow } from '../account/server-rows.js';
import { native } from '../native.js';
import { countLines } from './lines.cjs';
import type { StartModel } from './running.js';

export const startLibuv: StartModel = async ([listener], spec) => {
  const { backlog, idleTimeoutNs = 0, writeTimeoutNs = 0 } = spec;
  const idleMs = Math.ceil(idleTimeoutNs / 1e6);
  const writeMs = Math.ceil(writeTimeoutNs / 1e6);
  const rows: ServerRow[] = [];
  const live = new Set<Socket>();
  const total = { accepts: 0, closes: 0, requests: 0, bytesIn: 0, bytesOut: 0 };
  let stopping = false;

  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    // Neither is known of a connection that was reset before it was accepted.
    const { remoteAddress = '', remotePort = 0 } = socket;
    const opened = native.now();
    let requests = 0;
    let closeReason = 'end';
    total.accepts++;
    live.add(socket);
    socket.on('data', (chunk) => {
      const lines = countLines(chunk);
      requests += lines;
      total.requests += lines;
      total.bytesIn += chunk.length;
      total.bytesOut += chunk.length;
      // Backpressure: read on only when what was written has been taken.
      if (socket.write(chunk)) return;
      socket.pause();
      socket.setTimeout(writeMs);
    });
    socket.on('drain', () => {
      socket.setTimeout(idleMs);
      socket.resume();
    });
    socket.setTimeout(idleMs); // 0: never
    socket.on('timeout', () => {
      closeReason = socket.isPaused() ? 'stalled' : 'idle';
      socket.destroy();
    });
    socket.on('end', () => socket.end());
    socket.on('error', (error: NodeJS.ErrnoException) => {
      closeReason = error.code === 'ECONNRESET' || error.code === 'EPIPE' ? 'reset' : 'error';
    });
    socket.on('close', () => {
      live.delete(socket);
      total.closes++;
      const { bytesRead: bytesIn, bytesWritten: bytesOut } = socket;
      const closed = native.now();
      if (stopping) closeReason = 'stopped';
      const row = { loop: 0, remoteAddress, remotePort, opened, closed, requests };
      rows.push({ ...row, bytesIn, bytesOut, closeReason });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ fd: listener }, backlog, resolve); // an option `backlog` is ignored beside `fd`
  });

  return {
    counts: () => [counts(total)],
    takeRows: () => columnsOf(rows.splice(0)),
    stop: async () => {
      stopping = true;
      const closed = new Promise((resolve) => server.close(resolve));
      // The server's own close comes before those of its sockets, which enter the rows.
      const ends = [...live].map((socket) => new Promise((end) => socket.once('close', end)));
      for (const socket of live) socket.destroy();
      await Promise.all([closed, ...ends]);
      return columnsOf(rows.splice(0));
    },
  };
};
