/** Whether anybody listens on a port. */
import { connect } from 'node:net';

type Found = 'accepts' | 'refuses' | 'is silent';

/** A full accept queue answers nothing. */
const PATIENCE_MS = 1000;

/** What the port does with a connection, which is closed at once. */
export function probe(host: string, port: number): Promise<Found> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    const tell = (found: Found) => {
      socket.destroy();
      resolve(found);
    };
    socket.setTimeout(PATIENCE_MS, () => tell('is silent'));
    socket.once('connect', () => tell('accepts'));
    socket.once('error', () => tell('refuses'));
  });
}
