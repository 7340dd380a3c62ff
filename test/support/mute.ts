/** A server that accepts, reads, and never answers. */
import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import type { Test } from 'tap';
import { HOST } from './host.js';

/** Returns its port; the server is closed at the end of the test. */
export async function serveMute(t: Test): Promise<number> {
  const sockets: Socket[] = [];
  const server = net.createServer((socket) => sockets.push(socket.resume()));
  server.listen(0, HOST);
  await once(server, 'listening');
  t.teardown(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return (server.address() as AddressInfo).port;
}
