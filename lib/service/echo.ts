/** The echo service on Node's own sockets: a request is one line. */
import type { Service } from './service.js';

const NEWLINE = 10;

export function echo(): Service {
  return {
    serve: (socket, tally) => {
      socket.on('data', (chunk) => {
        tally.requests += countLines(chunk);
        // Backpressure: resume reading only after the written bytes were taken.
        if (!socket.write(chunk)) socket.pause();
      });
      socket.on('drain', () => socket.resume());
      socket.on('end', () => socket.end());
    },
    close: () => {},
  };
}

/** The number of newlines. */
export function countLines(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) lines++;
  return lines;
}
