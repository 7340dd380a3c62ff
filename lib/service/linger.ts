/** The lingering close of native/engine/linger.h, for Node's own sockets. */
import type { Socket } from 'node:net';
import { native } from '../native.js';

/**
 * Sends a last answer and the end, then discards what the peer still sends until it ends too. Call
 * when no other listener reads from the socket.
 */
export function endLingering(socket: Socket, answer: string): void {
  socket.pause();
  socket.once('finish', () => discard(socket));
  socket.end(answer);
}

/** The socket closes by itself when both sides have ended. */
function discard(socket: Socket): void {
  let left = native.lingerBytes;
  const timer = setTimeout(() => socket.destroy(), native.lingerNs / 1e6);
  socket.once('close', () => clearTimeout(timer));
  socket.removeAllListeners('timeout'); // the time-outs of a connection that is served
  socket.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) socket.destroy();
  });
  socket.resume();
}
