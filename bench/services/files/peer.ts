/** A connection to a file server: sends, and receives with a time limit. */
import { connect, type Socket } from 'node:net';
import { Input } from '../../../lib/service/files/input.js';
import type { Target } from '../service.js';
import type { Carried } from '../untimed.js';

export interface Peer {
  /** Received, and not handled yet. */
  readonly unread: () => Buffer;
  readonly consume: (bytes: number) => void;
  /** Waits for more. Rejects if the connection ends or makes no progress. */
  readonly more: () => Promise<void>;
  /** Resolves when the kernel has taken the bytes, or when it can't; more() has the reason. */
  readonly send: (bytes: Buffer | string) => Promise<void>;
  /** Whether the kernel has taken all bytes. */
  readonly hasSent: () => boolean;
  readonly isOpen: () => boolean;
  readonly close: () => void;
  /** Resolves when the connection has ended. */
  readonly ended: Promise<Ended>;
}

type Ended = Pick<Carried, 'localAddress' | 'localPort' | 'bytesSent' | 'bytesReceived'>;

const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** `limitNs`: without progress. The connection ends if `signal` is aborted. */
export function openPeer(target: Target, limitNs: number, signal?: AbortSignal): Peer {
  const socket: Socket = connect({ ...target, noDelay: true });
  let failure: Error | null = null;
  socket.on('error', (error) => {
    failure ??= error;
  });
  socket.setTimeout(Math.min(limitNs / 1e6, LONGEST_TIMER_MS), () =>
    socket.destroy(new Error(`no progress for ${limitNs / 1e9} s`)),
  );
  const abort = () => socket.destroy(new Error('aborted'));
  signal?.addEventListener('abort', abort);
  socket.on('close', () => signal?.removeEventListener('abort', abort));
  const input = new Input(socket);
  const ended = endOf(socket);
  return {
    unread: () => input.unread,
    consume: (bytes) => input.consume(bytes),
    more: async () => {
      if (!(await input.more())) throw failure ?? new Error('the server closed the connection');
    },
    send: (bytes) => new Promise((resolve) => void socket.write(bytes, () => resolve())),
    hasSent: () => socket.writableLength === 0 && socket.errored === null,
    isOpen: () => !socket.destroyed && !socket.readableEnded,
    close: () => void socket.destroy(),
    ended,
  };
}

function endOf(socket: Socket): Promise<Ended> {
  let [localAddress, localPort] = ['', 0];
  // A closed socket has no address any more.
  socket.once('connect', () => {
    ({ localAddress = '', localPort = 0 } = socket);
  });
  return new Promise((resolve) => {
    socket.once('close', () => {
      const { bytesWritten: bytesSent, bytesRead: bytesReceived } = socket;
      resolve({ localAddress, localPort, bytesSent, bytesReceived });
    });
  });
}

/** What is received up to `end`, which is consumed too. Rejects if there are more bytes than `most` before it. */
export async function receiveUntil(peer: Peer, end: string, most: number): Promise<string> {
  const parts: Buffer[] = [];
  for (let length = 0; ; await peer.more()) {
    const at = peer.unread().indexOf(end);
    // The last bytes may be the beginning of `end`.
    const count = at < 0 ? Math.max(0, peer.unread().length - end.length + 1) : at;
    length += count;
    if (length > most) throw new Error('reply too long');
    parts.push(take(peer, count));
    if (at < 0) continue;
    peer.consume(end.length);
    return Buffer.concat(parts).toString();
  }
}

/** The next `count` bytes, as text. */
export async function receive(peer: Peer, count: number): Promise<string> {
  const parts: Buffer[] = [];
  for (let left = count; left > 0; ) {
    if (peer.unread().length === 0) await peer.more();
    const part = take(peer, Math.min(left, peer.unread().length));
    left -= part.length;
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

function take(peer: Peer, count: number): Buffer {
  const part = peer.unread().subarray(0, count);
  peer.consume(count);
  return part;
}
