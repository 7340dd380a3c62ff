/** Descriptors run out: the server doesn't crash or spin, and serves waiting connections as others close. */
import { setTimeout as measureFor } from 'node:timers/promises';
import t from 'tap';
import type { Server } from '../../lib/server/server.js';
import { Crowd } from '../support/crowd.js';
import { leaveDescriptors } from '../support/descriptors.js';
import { eventually } from '../support/eventually.js';
import { ACCOUNTING, limitIsFixed, skipOf } from '../support/models.js';
import { Peer } from '../support/peer.js';
import { countsOf, serve } from '../support/server.js';

const ROOM = 16;

/** The share of one CPU that the server uses. */
async function cpuShare(server: Server): Promise<number> {
  const before = server.cpuTime();
  await measureFor(200);
  const after = server.cpuTime();
  return (after.ns - before.ns) / (after.at - before.at);
}

for (const model of ACCOUNTING) {
  const name = `${model.name} waits for free descriptors, and then serves the connections`;
  t.test(name, { skip: skipOf(model) || limitIsFixed(model) }, async (t) => {
    // In one process, so that all workers have the same limit.
    const server = await serve(t, model.name, { processes: 1, loops: model.serial ? 2 * ROOM : 1 });
    t.equal(await (await Peer.connect(t, server.port)).ask('warm\n'), 'warm\n');
    const limit = await leaveDescriptors(server.pids[0] as number, ROOM);
    const crowd = new Crowd();
    while (crowd.waiting.size < limit + 2) crowd.join(await Peer.connect(t, server.port));
    // No connection closes before, otherwise there would be room for the last. A pool's worker has a private
    // descriptor table, with one connection in it.
    if (!model.serial)
      await eventually('it is full', async () => {
        const { acceptPauses } = await countsOf(server);
        return acceptPauses === null || acceptPauses > 0;
      });
    // A server that spins never sleeps.
    await eventually('it sleeps while it is full', async () => (await cpuShare(server)) < 0.3);

    while (crowd.waiting.size > 0) {
      crowd.leave();
      await crowd.serveMore();
    }
    crowd.leave();
    // libuv closes what it has no descriptor for: uv__emfile_trick() in src/unix/stream.c.
    if (model.engine !== 'libuv') t.equal(crowd.dropped, 0, 'none is dropped');
    await eventually('descriptors are free again', async () => {
      const late = await Peer.connect(t, server.port);
      const answer = await late.ask('late\n').catch(() => '');
      return answer === 'late\n';
    });
    const answered = (await server.stop()).filter((row) => row.requests === 1);
    t.equal(answered.length, 1 + limit + 2 - crowd.dropped + 1);
  });
}
