/** Many connections that close as soon as they are open: each gets its row, and none stays open. */
import type { Test } from 'tap';
import type { ServerModel } from '../../lib/catalog/models.js';
import { countSockets } from './descriptors.js';
import { eventually } from './eventually.js';
import { Peer } from './peer.js';
import { closed, countsOf, serve } from './server.js';

const AT_ONCE = 50;

/** Opens and closes this number of connections, some at once, and checks the server's account. */
export async function storm(t: Test, model: ServerModel, connections: number): Promise<void> {
  const server = await serve(t, model.name);
  const before = countSockets(server.pids);
  const ports: number[] = [];
  while (ports.length < connections) {
    const wave = Math.min(AT_ONCE, connections - ports.length);
    const opened = Array.from({ length: wave }, () => openAndClose(t, server.port));
    ports.push(...(await Promise.all(opened)));
  }
  await closed(server, connections);
  t.equal((await countsOf(server)).accepts, connections);
  await eventually('every socket is closed', () => countSockets(server.pids) <= before);
  const rows = await server.stop();
  // The kernel may assign a port to several connections, one after the other.
  t.strictSame(rows.map((row) => row.remotePort).toSorted(), ports.toSorted());
  t.ok(rows.every((row) => row.requests === 0));
}

/** Returns the client's port of the connection. */
async function openAndClose(t: Test, serverPort: number): Promise<number> {
  const peer = await Peer.connect(t, serverPort);
  const { port } = peer;
  peer.leave();
  return port;
}
