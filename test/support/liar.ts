/** Servers that a test defines, to answer wrongly, or to see exactly what a client sends. */
import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import type { Test } from 'tap';
import { HOST } from './host.js';

/** Calls the function for each connection; returns the port. The server is closed at the end of the test. */
export async function pretend(t: Test, treat: (socket: Socket, nth: number) => void) {
  let connections = 0;
  const open = new Set<Socket>();
  const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    open.add(socket);
    socket.on('error', () => {}); // the tests check the client's failures
    socket.on('end', () => socket.end());
    socket.on('close', () => open.delete(socket));
    treat(socket, connections++);
  });
  t.teardown(() => {
    server.close();
    for (const socket of open) socket.destroy();
  });
  server.listen(0, HOST);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Answers each chunk with the result of `answer`. */
export function answering(answer: (chunk: Buffer, socket: Socket) => void) {
  return (socket: Socket) => void socket.on('data', (chunk) => answer(chunk, socket));
}
