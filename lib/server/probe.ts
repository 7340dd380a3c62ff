/** Checks whether a port accepts connections. */
import { connect } from 'node:net';

type Found = 'accepts' | 'refuses' | 'is silent';

/** Time limit for an answer: with a full accept queue there is none. */
const TIMEOUT_MS = 1000;

/** Tries to connect and closes the connection at once. */
export function probe(host: string, port: number): Promise<Found> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    const settle = (found: Found) => {
      socket.destroy();
      resolve(found);
    };
    socket.setTimeout(TIMEOUT_MS, () => settle('is silent'));
    socket.once('connect', () => settle('accepts'));
    socket.once('error', () => settle('refuses'));
  });
}
