/** A client that reads slowly and little at a time gets every byte, in order. */
import { setImmediate as pause } from 'node:timers/promises';
import t from 'tap';
import { ACCOUNTING, skipOf } from '../support/models.js';
import { noise, Peer } from '../support/peer.js';
import { closed, serve } from '../support/server.js';

const MUCH = 12 << 20;
/** Odd, so that no buffer size is a multiple of it. */
const SIP = 40_961;

async function drinkSlowly(peer: Peer): Promise<Buffer> {
  const sips: Buffer[] = [];
  for (;;) {
    for (let i = 0; i < 5; i++) await pause();
    const sip = await peer.read(SIP);
    if (sip.length === 0) return Buffer.concat(sips);
    sips.push(sip);
  }
}

for (const model of ACCOUNTING) {
  t.test(`${model.name} waits for a slow reader`, { skip: skipOf(model) }, async (t) => {
    const server = await serve(t, model.name);
    const peer = await Peer.connect(t, server.port);
    const sent = noise(MUCH, 7);
    peer.push(sent);
    peer.end();
    const back = await drinkSlowly(peer);
    t.equal(back.length, MUCH);
    t.ok(back.equals(sent), 'no byte is lost, duplicated or out of order');
    await closed(server, 1);
    const [row] = await server.stop();
    t.match(row, { bytesIn: MUCH, bytesOut: MUCH, closeReason: 'end' });
  });
}
