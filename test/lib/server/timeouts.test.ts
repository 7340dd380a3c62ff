/** Time-outs in every model: connections that send nothing or don't read are closed, with the reason in the row. */
import t from 'tap';
import { native } from '../../../lib/native.js';
import { ACCOUNTING, skipOf } from '../../support/models.js';
import { noise, Peer } from '../../support/peer.js';
import { closed, serve } from '../../support/server.js';

// The tests mostly wait for time-outs, and use little CPU time.
t.jobs = 3;

const LIMIT_NS = 200e6;
/** Timers may fire early by less than this because of rounding. */
const TOLERANCE_NS = 2e6;
/** Together more than the sockets of both sides can hold. */
const BLOCK = 16 << 20;
const BLOCKS = 8;

for (const model of ACCOUNTING) {
  const skip = skipOf(model);
  // libuv counts a timer from the start of the loop iteration that sets it.
  const least = model.engine === 'libuv' ? 0 : LIMIT_NS - TOLERANCE_NS;

  t.test(`${model.name} closes a connection that sends nothing`, { skip }, async (t) => {
    const server = await serve(t, model.name, { idleTimeoutNs: LIMIT_NS });
    const silent = await Peer.connect(t, server.port);
    t.equal(await silent.ending(), 'end');
    await closed(server, 1);
    const [row, ...others] = await server.stop();
    t.match(row, { closeReason: 'idle', requests: 0 });
    t.ok(row && row.closed - row.opened >= least);
    t.strictSame(others, []);
  });

  t.test(`${model.name} counts idle time from the last bytes received`, { skip }, async (t) => {
    const server = await serve(t, model.name, { idleTimeoutNs: LIMIT_NS });
    const start = native.now();
    const peer = await Peer.connect(t, server.port);
    const remotePort = peer.port;
    let last = start;
    // The loop also ends if the machine is so slow that the connection times out before a request.
    for (let answer = 'x\n'; answer === 'x\n' && last - start < 2 * LIMIT_NS; ) {
      const asked = native.now();
      answer = await peer.ask('x\n').catch(() => '');
      if (answer === 'x\n') last = asked;
    }
    await closed(server, 1);
    const [row, ...others] = await server.stop();
    t.match(row, { closeReason: 'idle', remotePort });
    const waitedNs = (row?.closed ?? 0) - last;
    t.ok(waitedNs >= least, `${waitedNs} ns, opened ${(row?.opened ?? 0) - last}`);
    t.strictSame(others, []);
  });

  t.test(`${model.name} closes a connection that never reads`, { skip }, async (t) => {
    const server = await serve(t, model.name, { writeTimeoutNs: LIMIT_NS });
    const flooder = await Peer.connect(t, server.port);
    const block = noise(BLOCK);
    for (let i = 0; i < BLOCKS; i++) flooder.push(block);
    await closed(server, 1);
    const rows = await server.stop();
    t.strictSame(
      rows.map(({ closeReason }) => closeReason),
      ['stalled'],
    );
  });
}
