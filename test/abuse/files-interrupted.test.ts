/** Uploads and downloads of the file service that are interrupted: they leave nothing, and others are served. */
import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import type { ServerModel } from '../../lib/catalog/models.js';
import type { Server } from '../../lib/server/server.js';
import { eventually, settled } from '../support/eventually.js';
import {
  binary,
  entriesOf,
  filesService,
  isServed,
  WIRES,
  type WireFormat,
} from '../support/files.js';
import { ACCOUNTING, skipOf } from '../support/models.js';
import { Peer } from '../support/peer.js';
import { closed, countsOf, serve } from '../support/server.js';

const KEPT = binary(1000);

/** A reset in the middle of an upload: the server has received a part. */
async function resetUpload(t: Test, model: ServerModel, wire: WireFormat): Promise<void> {
  const storage = join(t.testdir({ storage: { kept: KEPT } }), 'storage');
  const server = await serve(t, model.name, { service: filesService(wire, storage) });
  const request = wire.upload('kept', binary(3_000_000));
  const peers = [await Peer.connect(t, server.port), await Peer.connect(t, server.port)];
  for (const peer of peers) peer.push(request.subarray(0, request.length / 2));
  await received(server, 2 * Math.floor(request.length / 2));
  const other = await Peer.connect(t, server.port);
  const reply = wire.listing(['kept']);
  other.push(wire.command('LIST'));
  t.ok((await other.read(reply.length)).equals(reply), 'uploads under way are not listed');
  for (const peer of peers) peer.reset();
  await closed(server, 2);
  // An asynchronous server removes the file after it has noticed the reset.
  await eventually('nothing is left', () => entriesOf(storage).length === 1);
  await isServed(t, other, wire, KEPT, 'the resets');
  // A reply may arrive before the server knows that it is sent.
  await eventually('both are counted', async () => (await countsOf(server)).requests === 2);
  const rows = await server.stop();
  t.strictSame(
    rows.map(({ requests, refused, closeReason }) => [requests, refused, closeReason]).toSorted(),
    [
      [0, 0, 'reset'],
      [0, 0, 'reset'],
      [2, 0, 'stopped'],
    ],
  );
}

/** The server stops during an upload. */
async function stopUpload(t: Test, model: ServerModel, wire: WireFormat): Promise<void> {
  const storage = t.testdir();
  const server = await serve(t, model.name, { service: filesService(wire, storage) });
  const peer = await Peer.connect(t, server.port);
  const request = wire.upload('x', binary(1_000_000)).subarray(0, -1);
  peer.push(request);
  await received(server, request.length);
  const rows = await server.stop();
  // To a blocking model, the stop of a connection looks like the end of its peer, which it refuses.
  t.match(rows, [{ requests: 0, closeReason: 'stopped' }]);
  t.strictSame(entriesOf(storage), []);
}

function received(server: Server, bytes: number): Promise<void> {
  return eventually(`${bytes} bytes received`, async () => {
    return ((await countsOf(server)).bytesIn ?? 0) >= bytes;
  });
}

/** More than the sockets of both sides can hold. */
const LONG = 100_000_000;

/** A client stops reading in the middle of a long reply, and then disappears. */
async function stopReading(t: Test, model: ServerModel, wire: WireFormat): Promise<void> {
  const storage = join(t.testdir({ storage: { kept: KEPT, long: '' } }), 'storage');
  truncateSync(join(storage, 'long'), LONG);
  const server = await serve(t, model.name, { service: filesService(wire, storage) });
  const other = await Peer.connect(t, server.port);
  await isServed(t, other, wire, KEPT, 'nothing');
  const before = server.memory() ?? Number.NaN;
  const reader = await Peer.connect(t, server.port);
  reader.push(wire.command('GET long'));
  await reader.read(100_000);
  // A blocking sendfile() is counted when it returns.
  const sent = await settled('what the server sends', async () => {
    return (await countsOf(server)).bytesOut;
  });
  t.ok(sent < LONG / 2, `${sent} bytes were sent`);
  const grown = (server.memory() ?? Number.NaN) - before;
  t.ok(grown < LONG / 4, `it grew by ${grown} bytes`);
  for (let i = 0; i < 20; i++) await isServed(t, other, wire, KEPT, 'a reader that has stopped');
  const [request, reply] = [wire.upload('x', binary(200_000)), wire.done];
  other.push(request);
  t.ok((await other.read(reply.length)).equals(reply), 'an upload is stored');
  reader.reset();
  await closed(server, 1);
  await isServed(t, other, wire, KEPT, 'the reset');
  other.end();
  await closed(server, 2);
  const rows = await server.stop();
  t.strictSame(rows.map(({ requests, closeReason }) => [requests, closeReason]).toSorted(), [
    [0, 'reset'],
    [23, 'end'],
  ]);
}

const TESTS = {
  'leaves nothing of an upload that is reset': resetUpload,
  'leaves nothing of an upload when it stops': stopUpload,
  'serves others while a client stops reading': stopReading,
};

for (const model of ACCOUNTING)
  for (const wire of WIRES)
    for (const [name, run] of Object.entries(TESTS))
      t.test(`${model.name} ${name}, ${wire.name}`, { skip: skipOf(model) }, (t) =>
        run(t, model, wire),
      );
