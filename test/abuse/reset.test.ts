/** A reset connection: its row has the reason, and the server keeps running. */
import t from 'tap';
import { choke } from '../support/choke.js';
import { ACCOUNTING, skipOf } from '../support/models.js';
import { Peer } from '../support/peer.js';
import { accepted, closed, freeze, serve, thaw } from '../support/server.js';

for (const model of ACCOUNTING) {
  const { name } = model;
  const skip = skipOf(model);

  t.test(`${name} keeps running after a reset in the middle of a request`, { skip }, async (t) => {
    const server = await serve(t, name);
    const peer = await Peer.connect(t, server.port);
    const { port } = peer;
    t.equal(await peer.ask('a request and a half\nhalf'), 'a request and a half\nhalf');
    peer.reset();
    await closed(server, 1);
    const next = await Peer.connect(t, server.port);
    t.equal(await next.ask('next\n'), 'next\n');
    next.end();
    t.equal(await next.ending(), 'end');
    await closed(server, 2);
    const rows = await server.stop();
    const [broken, whole] = rows.toSorted((a, b) => a.opened - b.opened);
    t.match(broken, { remotePort: port, requests: 1, bytesIn: 25, closeReason: 'reset' });
    t.match(whole, { requests: 1, closeReason: 'end' });
  });

  t.test(`${name} keeps running after a reset while it can't send`, { skip }, async (t) => {
    const server = await serve(t, name);
    const peer = await Peer.connect(t, server.port);
    await choke(server, peer);
    peer.reset();
    await closed(server, 1);
    t.equal(await (await Peer.connect(t, server.port)).ask('next\n'), 'next\n');
    const rows = await server.stop();
    t.strictSame(rows.map((row) => row.closeReason).toSorted(), ['reset', 'stopped']);
  });

  t.test(`${name} keeps running after resets before it accepts`, { skip }, async (t) => {
    const server = await serve(t, name);
    await freeze(server);
    const peers = await Promise.all(Array.from({ length: 8 }, () => Peer.connect(t, server.port)));
    for (const peer of peers) peer.reset();
    thaw(server);
    await accepted(server, 8);
    await closed(server, 8);
    t.equal(await (await Peer.connect(t, server.port)).ask('next\n'), 'next\n');
    const rows = await server.stop();
    t.equal(rows.filter((row) => row.closeReason === 'reset').length, 8);
  });
}
