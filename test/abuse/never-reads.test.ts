/** A client that sends and never reads: the server's memory stays bounded, and other clients are served. */
import t from 'tap';
import { ACCOUNTING, skipOf } from '../support/models.js';
import { noise, Peer } from '../support/peer.js';
import { serve, stalled } from '../support/server.js';

/** Far more than the sockets of both sides can hold. */
const BLOCK = 16 << 20;
const FLOOD = 8 * BLOCK;

for (const model of ACCOUNTING) {
  t.test(`${model.name} limits unread answers`, { skip: skipOf(model) }, async (t) => {
    const server = await serve(t, model.name);
    await (await Peer.connect(t, server.port)).ask('warm\n');
    const before = server.memory() ?? Number.NaN;

    const flooder = await Peer.connect(t, server.port);
    const block = noise(BLOCK);
    for (let i = 0; i < FLOOD / BLOCK; i++) flooder.push(block);
    const taken = await stalled(server);
    t.ok(taken < FLOOD / 2, `it took ${taken} of ${FLOOD} bytes`);
    const grown = (server.memory() ?? Number.NaN) - before;
    t.ok(grown < FLOOD / 2, `it grew by ${grown} bytes`);

    const other = await Peer.connect(t, server.port);
    for (let i = 0; i < 20; i++) t.equal(await other.ask('served\n'), 'served\n');

    const rows = await server.stop();
    t.strictSame(
      rows.map((row) => row.closeReason),
      ['stopped', 'stopped', 'stopped'],
    );
    const flooded = rows.find((row) => row.bytesIn >= taken / 2);
    t.ok(flooded && flooded.bytesIn < FLOOD / 2, 'its row has the bytes that were taken');
    // Node.js reports what was written to a socket, not how much of it the kernel took.
    if (model.engine !== 'libuv') t.ok(flooded && flooded.bytesOut < flooded.bytesIn);
  });
}
