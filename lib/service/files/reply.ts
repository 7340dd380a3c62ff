/** Replies: sent one after another, each when the kernel has taken the one before. */
import type { Socket } from 'node:net';
import { endLingering } from '../linger.js';
import type { Session } from './session.js';

/** Resolves when the kernel has taken all of it: true, or false if the connection is closed. */
export function send(socket: Socket, ...parts: readonly (string | Buffer)[]): Promise<boolean> {
  return new Promise((resolve) => {
    socket.cork(); // so that one call sends all parts
    for (const part of parts.slice(0, -1)) socket.write(part);
    socket.write(parts.at(-1) ?? '', (error) => resolve(!error && !socket.destroyed));
    socket.uncork();
  });
}

/** Sends a last reply; what the peer still sends is discarded. */
export function end({ socket, input }: Session, reply: string): false {
  input.release();
  endLingering(socket, reply);
  return false;
}
