/** A storm of connections that close as soon as they are open: each gets its row, none stays. */
import { readdirSync, readlinkSync } from 'node:fs';
import t from 'tap';
import { eventually } from '../support/eventually.js';
import { ACCOUNTING, skipOf } from '../support/models.js';
import { Peer } from '../support/peer.js';
import { closed, countsOf, serve } from '../support/server.js';

const STORM = 500;
const AT_ONCE = 50;

/** Sockets in every descriptor table of the processes: a thread may have one of its own. */
function socketsOf(pids: readonly number[]): number {
  const tables = pids.flatMap((pid) =>
    readdirSync(`/proc/${pid}/task`).map((task) => `/proc/${pid}/task/${task}/fd`),
  );
  const targets = tables.flatMap((table) =>
    readdirSync(table).map((fd) => linkOf(`${table}/${fd}`)),
  );
  return new Set(targets.filter((target) => target.startsWith('socket:'))).size;
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return ''; // closed meanwhile
  }
}

for (const model of ACCOUNTING) {
  // A Worker for each costs 40 ms of CPU.
  const connections = model.topology === 'Worker per connection' ? 30 : STORM;
  const name = `${model.name} outlives ${connections} connections that close at once`;
  t.test(name, { skip: skipOf(model) }, async (t) => {
    const server = await serve(t, model.name);
    const before = socketsOf(server.pids);
    for (let opened = 0; opened < connections; ) {
      const wave = Math.min(AT_ONCE, connections - opened);
      await Promise.all(Array.from({ length: wave }, () => openAndClose(t, server.port)));
      opened += wave;
    }
    await closed(server, connections);
    t.equal((await countsOf(server)).accepts, connections);
    await eventually('every socket is closed', () => socketsOf(server.pids) <= before);
    const rows = await server.stop();
    t.equal(new Set(rows.map((row) => row.remotePort)).size, connections);
    t.ok(rows.every((row) => row.requests === 0));
  });
}

async function openAndClose(t: Parameters<typeof Peer.connect>[0], port: number): Promise<void> {
  (await Peer.connect(t, port)).leave();
}
