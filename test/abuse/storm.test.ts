/** A storm of connections that close as soon as they are open: each gets its row, none stays. */
import t, { type Test } from 'tap';
import { countSockets } from '../support/descriptors.js';
import { eventually } from '../support/eventually.js';
import { ACCOUNTING, skipOf } from '../support/models.js';
import { Peer } from '../support/peer.js';
import { closed, countsOf, serve } from '../support/server.js';

const STORM = 500;
const AT_ONCE = 50;

for (const model of ACCOUNTING) {
  // A Worker for each costs 40 ms of CPU.
  const connections = model.topology === 'Worker per connection' ? 30 : STORM;
  const name = `${model.name} outlives ${connections} connections that close at once`;
  t.test(name, { skip: skipOf(model) }, async (t) => {
    const server = await serve(t, model.name);
    const before = countSockets(server.pids);
    const ports: number[] = [];
    while (ports.length < connections) {
      const wave = Math.min(AT_ONCE, connections - ports.length);
      ports.push(
        ...(await Promise.all(Array.from({ length: wave }, () => openAndClose(t, server.port)))),
      );
    }
    await closed(server, connections);
    t.equal((await countsOf(server)).accepts, connections);
    await eventually('every socket is closed', () => countSockets(server.pids) <= before);
    const rows = await server.stop();
    // The kernel may give a port to several connections, one after the other.
    t.strictSame(rows.map((row) => row.remotePort).toSorted(), ports.toSorted());
    t.ok(rows.every((row) => row.requests === 0));
  });
}

/** The connection's own port. */
async function openAndClose(t: Test, serverPort: number): Promise<number> {
  const peer = await Peer.connect(t, serverPort);
  const { port } = peer;
  peer.leave();
  return port;
}
