/** An echo server that does one thing wrong: `node lying-program.js HOST PORT WRONG`. */
import { createServer, type Socket } from 'node:net';

const [host, port, wrong = 'nothing'] = process.argv.slice(2);

/** How received data is answered. */
const ANSWERS: Readonly<Record<string, (socket: Socket, data: Buffer) => void>> = {
  nothing: (socket, data) => socket.write(data),
  corrupts: (socket, data) => {
    data[0] = (data[0] ?? 0) ^ 1;
    socket.write(data);
  },
  'loses a byte': (socket, data) => socket.write(data.subarray(1)),
  'says nothing': () => {},
  'ends early': (socket, data) => socket.end(data.subarray(0, 3)),
  dies: () => {
    process.stderr.write('out of luck\n', () => process.exit(9));
  },
  resets: (socket) => socket.resetAndDestroy(),
  // A correct answer, but at most 100 per second on a connection.
  'answers slowly': (socket, data) => void setTimeout(() => socket.write(data), 10),
  'says too much': (socket, data) => socket.write(Buffer.concat([data, data])),
};

createServer((socket) => {
  socket.on('error', () => {});
  socket.on('data', (data) => ANSWERS[wrong]?.(socket, data));
}).listen(Number(port), host);
