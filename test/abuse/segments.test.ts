/** TCP is a byte stream: requests sent byte by byte, or many in one segment, are all answered. */
import t from 'tap';
import { ACCOUNTING, skipOf } from '../support/models.js';
import { noise, Peer } from '../support/peer.js';
import { closed, countsOf, serve } from '../support/server.js';

for (const { name, ...model } of ACCOUNTING) {
  const skip = skipOf({ name, ...model });

  t.test(`${name} answers a request that arrives byte by byte`, { skip }, async (t) => {
    const server = await serve(t, name);
    const peer = await Peer.connect(t, server.port);
    const request = `${noise(200)}\n`;
    // Each byte is sent after the echo of the one before, so that no two share a segment.
    for (const byte of request) t.equal(await peer.ask(byte), byte);
    peer.end();
    t.equal(await peer.ending(), 'end');
    await closed(server, 1);
    const [row] = await server.stop();
    t.match(row, { requests: 1, bytesIn: 201, bytesOut: 201, closeReason: 'end' });
  });

  t.test(`${name} counts every request in one segment`, { skip }, async (t) => {
    const server = await serve(t, name);
    const peer = await Peer.connect(t, server.port);
    const requests = 'a\n\nbc\n'.repeat(1000);
    t.equal(await peer.ask(`${requests}rest`), `${requests}rest`);
    t.equal((await countsOf(server)).requests, 3000);
    t.equal(await peer.ask('\n'), '\n');
    peer.end();
    t.equal(await peer.ending(), 'end');
    await closed(server, 1);
    const [row] = await server.stop();
    t.match(row, { requests: 3001, bytesIn: 6005, bytesOut: 6005 });
  });
}
