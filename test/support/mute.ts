/** A server that accepts, reads, and never answers. */
import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import type { Test } from 'tap';
import { HOST } from './server.js';

/** Returns its port; it is closed at the end of the test. */
export async function serveMute(t: Test): Promise<number> {
  const server = net.createServer((socket) => socket.resume());
  server.listen(0, HOST);
  await once(server, 'listening');
  t.teardown(() => server.close());
  return (server.address() as AddressInfo).port;
}
