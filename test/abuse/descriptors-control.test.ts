/** The control runs out of descriptors: it doesn't spin, and serves waiting connections as others close. */
import { setTimeout as measureFor } from 'node:timers/promises';
import t from 'tap';
import { Crowd } from '../support/crowd.js';
import { leaveDescriptors } from '../support/descriptors.js';
import { Peer } from '../support/peer.js';
import { serve } from '../support/server.js';

const ROOM = 8;
const MEASURED_MS = 300;

t.test('control serves connections for which it had no descriptor', async (t) => {
  const server = await serve(t, 'control');
  const limit = await leaveDescriptors(server.pids[0] as number, ROOM);
  const crowd = new Crowd();
  while (crowd.waiting.size < limit + 2) crowd.join(await Peer.connect(t, server.port));
  await crowd.serveMore();
  t.ok(crowd.waiting.size > 0, 'some wait');

  const before = server.cpuTime();
  await measureFor(MEASURED_MS);
  const after = server.cpuTime();
  const share = (after.ns - before.ns) / (after.at - before.at);
  t.ok(share < 0.3, `while it is full it uses ${share} of a CPU`);

  // No further connection is opened: only the closes below free descriptors.
  while (crowd.waiting.size > 0) {
    crowd.leave();
    await crowd.serveMore();
  }
  t.equal(crowd.dropped, 0, 'none is dropped');
});
