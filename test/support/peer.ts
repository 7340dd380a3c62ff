/** A raw TCP client that a test controls step by step: it reads and closes only when told to. */
import { once } from 'node:events';
import net, { type Socket } from 'node:net';
import type { Test } from 'tap';
import { inTime } from './eventually.js';
import { HOST } from './host.js';

export class Peer {
  readonly #socket: Socket;
  #error: NodeJS.ErrnoException | undefined;
  #heard = () => {};

  private constructor(socket: Socket) {
    this.#socket = socket;
    // One listener for all waits, because each new listener would be called again for data that is already there.
    for (const event of ['readable', 'end', 'error', 'close'])
      socket.on(event, () => this.#heard());
    socket.on('error', (error) => {
      this.#error = error;
    });
  }

  /** Connects; the socket is destroyed at the end of the test. */
  static async connect(t: Test, port: number, host = HOST): Promise<Peer> {
    const peer = Peer.dial(t, port, host);
    await inTime('the connection', once(peer.#socket, 'connect'));
    return peer;
  }

  /** Starts to connect. */
  static dial(t: Test, port: number, host = HOST): Peer {
    const socket = new net.Socket({ allowHalfOpen: true });
    socket.pause(); // otherwise it reads a first chunk automatically
    socket.connect({ host, port, noDelay: true });
    t.teardown(() => socket.destroy());
    return new Peer(socket);
  }

  get port(): number {
    return this.#socket.localPort ?? 0;
  }

  get connected(): boolean {
    return this.#socket.readyState === 'open';
  }

  /** Bytes that the kernel hasn't taken yet. */
  get unsent(): number {
    return this.#socket.writableLength;
  }

  /** Whether bytes have arrived that haven't been read yet. */
  get answered(): boolean {
    return this.#socket.readableLength > 0;
  }

  /** Whether the server has ended or reset the connection, with no unread answer. */
  get dropped(): boolean {
    this.#socket.read(0); // so that an end without preceding bytes is detected
    return !this.answered && (this.#socket.readableEnded || this.#error !== undefined);
  }

  /** Whether the connection was reset or never established. */
  get error(): string | undefined {
    return this.#error?.code;
  }

  /** Resolves when the kernel has taken the bytes. */
  send(bytes: string | Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
  }

  /** Hands over the bytes without waiting for the kernel to take them. */
  push(bytes: string | Uint8Array): void {
    this.#socket.write(bytes);
  }

  /** Sends the remaining bytes, and then FIN. */
  end(): void {
    this.#socket.end();
  }

  /** Closes; bytes that were sent are still delivered. */
  leave(): void {
    this.#socket.destroy();
  }

  reset(): void {
    this.#socket.resetAndDestroy();
  }

  /** Reads exactly `count` bytes, or fewer if the connection ends first. Throws on a reset. */
  async read(count: number): Promise<Buffer> {
    for (;;) {
      const bytes = this.#socket.read(count) as Buffer | null;
      if (bytes !== null) return bytes;
      if (this.#error) throw this.#error;
      if (this.#socket.readableEnded) return Buffer.alloc(0);
      await inTime(`${count} bytes`, this.#news());
    }
  }

  /** Sends one line and reads its echo. */
  async ask(line: string): Promise<string> {
    this.push(line);
    return String(await this.read(line.length));
  }

  /** Resolves with 'end' or with the code of the error that ended the connection. */
  async ending(): Promise<string> {
    const { length } = await this.read(1).catch(() => Buffer.alloc(0));
    if (length > 0) throw new Error('bytes arrived instead of the end');
    return this.error ?? 'end';
  }

  #news(): Promise<void> {
    return new Promise((resolve) => {
      this.#heard = resolve;
    });
  }
}

const noises = new Map<string, Buffer>();

/**
 * Pseudorandom bytes without newlines, so that shifted or repeated blocks are detected. Equal arguments give the same
 * buffer: 16 MiB take 80 ms to make.
 */
export function noise(length: number, seed = 1): Buffer {
  const key = `${length} ${seed}`;
  const bytes = noises.get(key) ?? made(length, seed);
  noises.set(key, bytes);
  return bytes;
}

function made(length: number, seed: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = seed;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[i] = 32 + ((state >>> 24) % 95);
  }
  return bytes;
}
