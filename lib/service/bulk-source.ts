/** Where the bulk service's answers come from: how each sends a number of bytes to a socket. */
import { read } from 'node:fs';
import type { Socket } from 'node:net';
import { native } from '../native.js';
import { openPatternFile, readPattern } from './pattern.js';

export interface BulkSource {
  /** Memory is the same for any length. */
  readonly send: (socket: Socket, length: number, on: SendEvents) => void;
  readonly close: () => void;
}

export interface SendEvents {
  /** The next bytes were written to the socket. */
  readonly queued: (bytes: number) => void;
  /** The socket can take more after the last byte. */
  readonly done: () => void;
}

const CHUNK = 64 * 1024;
/** Chunks that a socket is given before other connections have their turn. */
const CHUNKS_PER_TURN = 16;

export function memorySource(): BulkSource {
  const patternAt = readPattern();
  return {
    send: (socket, length, { queued, done }) => {
      let sent = 0;
      let chunks = 0;
      const more = () => {
        if (socket.destroyed) return;
        const chunk = patternAt(sent, length - sent);
        sent += chunk.length;
        queued(chunk.length);
        const isTaken = socket.write(chunk);
        // 'drain' comes before any other event, if the peer takes everything at once.
        const isTurnOver = ++chunks % CHUNKS_PER_TURN === 0;
        const later = isTurnOver ? () => setImmediate(more) : more;
        const next = sent === length ? done : later;
        if (isTaken) next();
        else socket.once('drain', next);
      };
      more();
    },
    close: () => {},
  };
}

/** Reads with fs.read, on libuv's thread pool, as fs.createReadStream does. */
export function fileSource(): BulkSource {
  const { fd, length: period } = openPatternFile();
  return {
    send: (socket, length, { queued, done }) => {
      const buffer = Buffer.allocUnsafe(Math.min(CHUNK, length));
      let sent = 0;
      const more = () => {
        const offset = sent % period;
        const wanted = Math.min(buffer.length, length - sent, period - offset);
        read(fd, buffer, 0, wanted, offset, (error, count) => {
          // What a destroyed socket is given counts as queued, but not as written.
          if (socket.destroyed) return;
          if (error || count === 0) return socket.destroy(error ?? new Error('the file ended'));
          sent += count;
          queued(count);
          const isLast = sent === length;
          // The buffer is free again when the socket has taken it.
          socket.write(buffer.subarray(0, count), (failed) => {
            if (failed) return;
            if (isLast) done();
            else more();
          });
        });
      };
      more();
    },
    close: () => native.close(fd),
  };
}
