/** Half-close: a client that has sent its end still gets every byte back, and then the server's end. */
import t from 'tap';
import { choke } from '../support/choke.js';
import { ACCOUNTING, skipOf } from '../support/models.js';
import { noise, Peer } from '../support/peer.js';
import { closed, serve, stalled } from '../support/server.js';

for (const model of ACCOUNTING) {
  const { name } = model;
  const skip = skipOf(model);

  t.test(`${name} answers bytes received before the end`, { skip }, async (t) => {
    const server = await serve(t, name);
    const peer = await Peer.connect(t, server.port);
    peer.push('one\ntwo\n');
    peer.end();
    t.equal(String(await peer.read(100)), 'one\ntwo\n');
    t.equal(await peer.ending(), 'end');
    await closed(server, 1);
    const [row] = await server.stop();
    t.match(row, { requests: 2, bytesIn: 8, bytesOut: 8, closeReason: 'end' });
  });

  t.test(`${name} sends all pending bytes after it receives the end`, { skip }, async (t) => {
    const server = await serve(t, name);
    const peer = await Peer.connect(t, server.port);
    const sent = await choke(server, peer);
    peer.end();
    const back = await peer.read(sent.length + 1);
    t.ok(back.equals(sent), 'all bytes are echoed, in order');
    t.equal(await peer.ending(), 'end');
    await closed(server, 1);
    const [row] = await server.stop();
    t.match(row, { bytesIn: sent.length, bytesOut: sent.length, closeReason: 'end' });
  });

  t.test(`${name} sends the rest long after the client's end arrived`, { skip }, async (t) => {
    const server = await serve(t, name);
    const peer = await Peer.connect(t, server.port);
    // Fits into the socket buffers, so that the end arrives while the server can't send.
    const sent = noise(3 << 20);
    await peer.send(sent);
    peer.end();
    await stalled(server);
    t.ok((await peer.read(sent.length + 1)).equals(sent));
    t.equal(await peer.ending(), 'end');
  });
}
