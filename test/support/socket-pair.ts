/** The two ends of a connection, both in this process. */
import { once } from 'node:events';
import net, { type Socket } from 'node:net';
import type { Test } from 'tap';
import { HOST } from './host.js';
import { Peer } from './peer.js';

export async function socketPair(t: Test): Promise<{ socket: Socket; peer: Peer }> {
  const server = net.createServer({ allowHalfOpen: true });
  server.listen(0, HOST);
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  const accepted = once(server, 'connection') as Promise<[Socket]>;
  const peer = await Peer.connect(t, port);
  const [socket] = await accepted;
  server.close();
  socket.on('error', () => {});
  t.teardown(() => socket.destroy());
  return { socket, peer };
}
