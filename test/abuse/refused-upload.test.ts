/** A refused request whose peer keeps sending: the peer reads the whole answer and an orderly end. */
import t, { type Test } from 'tap';
import { native } from '../../lib/native.js';
import type { Server } from '../../lib/server/server.js';
import { eventually } from '../support/eventually.js';
import { ACCOUNTING, skipOf } from '../support/models.js';
import { noise, Peer } from '../support/peer.js';
import { closed, countsOf, serve } from '../support/server.js';
import { BULK } from '../support/services.js';

const REQUEST = 'PUT 9999999999999\n';
const ANSWER = 'ERROR bad length\n';
const UPLOAD = noise(200_000);
/** More than the discard limit, a ring's buffers and the sockets of both sides together. */
const ENDLESS = Buffer.alloc(8 * native.lingerBytes, 'x');

/** The counts and the only row of the server, after its connection is closed. */
async function accountOf(server: Server) {
  await closed(server, 1);
  const { requests, refused, bytesIn } = await countsOf(server);
  const [row] = await server.stop();
  return { counts: { requests, refused, bytesIn }, row };
}

async function readAnswer(t: Test, peer: Peer): Promise<void> {
  t.equal(String(await peer.read(ANSWER.length)), ANSWER);
  t.equal(await peer.ending(), 'end');
}

for (const model of ACCOUNTING) {
  const skip = skipOf(model);

  t.test(`${model.name} discards input after a refused request`, { skip }, async (t) => {
    const server = await serve(t, model.name, { service: BULK });
    const peer = await Peer.connect(t, server.port);
    await peer.send(REQUEST);
    await eventually('it is refused', async () => (await countsOf(server)).refused === 1);
    await peer.send(UPLOAD);
    await readAnswer(t, peer);
    peer.end();
    const bytesIn = REQUEST.length + UPLOAD.length;
    const { counts, row } = await accountOf(server);
    t.strictSame(counts, { requests: 0, refused: 1, bytesIn });
    t.match(row, { requests: 0, refused: 1, bytesIn, bytesOut: ANSWER.length, closeReason: 'end' });
  });

  t.test(`${model.name} discards input that came with a refused request`, { skip }, async (t) => {
    const server = await serve(t, model.name, { service: BULK });
    const peer = await Peer.connect(t, server.port);
    peer.push(Buffer.concat([Buffer.from(REQUEST), UPLOAD]));
    peer.end();
    await readAnswer(t, peer);
    const bytesIn = REQUEST.length + UPLOAD.length;
    const { counts, row } = await accountOf(server);
    t.strictSame(counts, { requests: 0, refused: 1, bytesIn });
    t.match(row, { bytesIn, closeReason: 'end' });
  });

  t.test(`${model.name} discards no more than its limit`, { skip }, async (t) => {
    const server = await serve(t, model.name, { service: BULK });
    const peer = await Peer.connect(t, server.port);
    await peer.send(REQUEST);
    peer.push(ENDLESS);
    const { row } = await accountOf(server);
    const bytesIn = row?.bytesIn ?? 0;
    t.ok(bytesIn > native.lingerBytes && bytesIn < ENDLESS.length / 2, `${bytesIn} bytes`);
    t.match(row, { requests: 0, closeReason: 'end' });
  });
}

t.test('a refused peer that neither sends nor ends is closed after a time-out', async (t) => {
  t.jobs = ACCOUNTING.length; // the tests mostly wait for the time-out
  for (const model of ACCOUNTING)
    t.test(model.name, { skip: skipOf(model) }, async (t) => {
      const server = await serve(t, model.name, { service: BULK, idleTimeoutNs: 60e9 });
      const peer = await Peer.connect(t, server.port);
      await peer.send(REQUEST);
      await readAnswer(t, peer);
      const { row } = await accountOf(server);
      const openNs = (row?.closed ?? 0) - (row?.opened ?? 0);
      t.match(row, { closeReason: 'end' });
      t.ok(openNs > native.lingerNs - 2e6, `${openNs} ns`);
      peer.leave();
    });
});
