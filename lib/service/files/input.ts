/** What a peer sends, received only when it is asked for: meanwhile the socket is paused. */
import type { Socket } from 'node:net';

const NOTHING = Buffer.alloc(0);

export class Input {
  /** Received, and not handled yet. */
  unread: Buffer = NOTHING;
  #hasEnded = false;
  /** Resolves what more() waits for. */
  #heard = (_: boolean): void => {};

  constructor(readonly socket: Socket) {
    socket.pause();
    socket.on('data', (chunk) => {
      socket.pause();
      this.unread = this.unread.length > 0 ? Buffer.concat([this.unread, chunk]) : chunk;
      this.#heard(true);
    });
    socket.on('end', () => {
      this.#hasEnded = true;
      this.#heard(false);
    });
    socket.on('close', () => this.#heard(false));
  }

  /** Waits for more; false if the peer has ended, or the connection is closed. */
  more(): Promise<boolean> {
    if (this.#hasEnded || this.socket.destroyed) return Promise.resolve(false);
    return new Promise((resolve) => {
      this.#heard = resolve;
      this.socket.resume();
    });
  }

  consume(bytes: number): void {
    this.unread = this.unread.subarray(bytes);
  }

  /** Receives nothing any more, so that others can read from the socket. */
  release(): void {
    this.unread = NOTHING;
    this.socket.removeAllListeners('data').removeAllListeners('end');
  }
}
