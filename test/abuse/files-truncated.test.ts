/** A file becomes shorter while it is sent: its reader's connection ends early, and others are served to the end. */
import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import type { ServerModel } from '../../lib/catalog/models.js';
import { settled } from '../support/eventually.js';
import { binary, filesService, isServed, WIRES, type WireFormat } from '../support/files.js';
import { ACCOUNTING, skipOf } from '../support/models.js';
import { Peer } from '../support/peer.js';
import { closed, countsOf, serve } from '../support/server.js';

const KEPT = binary(1000);
/** More than the sockets of both sides can hold. */
const LONG = 30_000_000;
const PART = 1_000_000;

/** Reads to the end of the connection; returns the number of bytes. */
async function drain(peer: Peer): Promise<number> {
  let total = 0;
  for (;;) {
    const { length } = await peer.read(PART).catch(() => Buffer.alloc(0));
    total += length;
    if (length < PART) return total;
  }
}

/** Reads the rest of the reply to GET of a file of zeros. */
async function readRest(peer: Peer, wire: WireFormat, read: number): Promise<boolean> {
  const reply = wire.content(Buffer.alloc(LONG));
  for (let at = read; at < reply.length; at += PART) {
    const wanted = reply.subarray(at, at + PART);
    if (!(await peer.read(wanted.length)).equals(wanted)) return false;
  }
  return true;
}

async function truncated(t: Test, model: ServerModel, wire: WireFormat): Promise<void> {
  const storage = join(t.testdir({ storage: { kept: KEPT, long: '', other: '' } }), 'storage');
  for (const name of ['long', 'other']) truncateSync(join(storage, name), LONG);
  const service = filesService(wire, storage);
  const server = await serve(t, model.name, { service, listsTransfers: true });
  const [reader, other] = [await Peer.connect(t, server.port), await Peer.connect(t, server.port)];
  reader.push(wire.command('GET long'));
  other.push(wire.command('GET other'));
  for (const peer of [reader, other]) await peer.read(PART);
  // Now the server waits for both.
  await settled('what the server sends', async () => (await countsOf(server)).bytesOut);
  truncateSync(join(storage, 'long'), 0);
  const taken = PART + (await drain(reader));
  t.ok(taken < wire.content(Buffer.alloc(LONG)).length, `${taken} bytes arrived`);
  reader.leave();
  await closed(server, 1);
  t.ok(await readRest(other, wire, PART), 'the other reply is whole');
  await isServed(t, other, wire, KEPT, 'the truncated file');
  other.push(wire.command('GET long'));
  const empty = wire.content('');
  t.ok((await other.read(empty.length)).equals(empty), 'its new length is served');
  other.end();
  await closed(server, 2);
  const rows = await server.stop();
  t.strictSame(
    rows.map(({ requests, refused }) => [requests, refused]).toSorted(),
    [
      [0, 0],
      [3, 0],
    ],
    'the lost reply is neither done nor refused',
  );
  const transfers = server.takeTransfers().rows.map((row) => `${row.operation} ${row.outcome}`);
  const done = Array.from({ length: 3 }, () => 'download done');
  t.strictSame(transfers.toSorted(), [...done, 'download incomplete']);
}

for (const model of ACCOUNTING)
  for (const wire of WIRES)
    t.test(
      `${model.name} ends the reply when its file becomes shorter, ${wire.name}`,
      { skip: skipOf(model) },
      (t) => truncated(t, model, wire),
    );
