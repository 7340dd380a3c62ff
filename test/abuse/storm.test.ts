/** A storm of connections that close as soon as they are open: each gets its row, none stays. */
import t from 'tap';
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
    for (let opened = 0; opened < connections; ) {
      const wave = Math.min(AT_ONCE, connections - opened);
      await Promise.all(Array.from({ length: wave }, () => openAndClose(t, server.port)));
      opened += wave;
    }
    await closed(server, connections);
    t.equal((await countsOf(server)).accepts, connections);
    await eventually('every socket is closed', () => countSockets(server.pids) <= before);
    const rows = await server.stop();
    t.equal(new Set(rows.map((row) => row.remotePort)).size, connections);
    t.ok(rows.every((row) => row.requests === 0));
  });
}

async function openAndClose(t: Parameters<typeof Peer.connect>[0], port: number): Promise<void> {
  (await Peer.connect(t, port)).leave();
}
