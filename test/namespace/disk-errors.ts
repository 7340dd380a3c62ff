/** Blocks of a storage can't be read or written (EIO): run by scripts/test-namespace in a mount namespace. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { failuresByKind } from '../../bench/run/failures.js';
import { reconcile } from '../../lib/account/reconcile.js';
import { CATALOG, type ServerModel } from '../../lib/catalog/models.js';
import type { Server } from '../../lib/server/server.js';
import { eventually } from '../support/eventually.js';
import { failingDisk, withoutFailingDisk } from '../support/failing-disk.js';
import {
  binary,
  entriesOf,
  filesService,
  isServed,
  WIRES,
  type WireFormat,
} from '../support/files.js';
import { runLoad } from '../support/load.js';
import { ACCOUNTING, skipOf } from '../support/models.js';
import { Peer } from '../support/peer.js';
import { closed, countsOf, serve } from '../support/server.js';

const KEPT = binary(1000);
/** Its second half fails. */
const BROKEN = binary(3_000_000, 1);
const FILES = { kept: KEPT, download: BROKEN };
const NAMES = Object.keys(FILES).sort();
/** Too long for the blocks that do not fail. */
const UPLOADED = binary(8_000_000, 2);
const CLIENTS = 2;

async function asks(t: Test, peer: Peer, request: Buffer, reply: Buffer, what: string) {
  peer.push(request);
  t.ok((await peer.read(reply.length)).equals(reply), what);
}

async function othersAreServed(t: Test, peer: Peer, wire: WireFormat, beside: string) {
  await isServed(t, peer, wire, KEPT, beside);
  await asks(t, peer, wire.command('LIST'), wire.listing(NAMES), `listed behind ${beside}`);
}

/** The totals, after the peers have ended. */
async function end(server: Server, ...peers: readonly Peer[]) {
  for (const peer of peers) peer.end();
  await closed(server, peers.length);
  const { requests, refused } = await countsOf(server);
  await server.stop();
  return { requests, refused };
}

/** The reply begins, because the first half can be read. */
async function download(t: Test, model: ServerModel, wire: WireFormat): Promise<void> {
  const disk = failingDisk(t, FILES);
  const server = await serve(t, model.name, { service: filesService(wire, disk.directory) });
  const [reader, other] = [await Peer.connect(t, server.port), await Peer.connect(t, server.port)];
  disk.fail(BROKEN);
  reader.push(wire.command('GET download'));
  const reply = wire.content(BROKEN);
  const part = await reader.read(reply.length);
  t.ok(part.length > 0 && part.length < reply.length, `${part.length} bytes arrive`);
  t.ok(part.equals(reply.subarray(0, part.length)), 'they are those of the file');
  t.equal(await reader.ending(), 'end', 'the connection ends');
  await othersAreServed(t, other, wire, 'a download that failed');
  disk.repair();
  await asks(t, other, wire.command('GET download'), reply, 'it can be read again');
  t.strictSame(await end(server, reader, other), { requests: 3, refused: 0 });
}

/** The upload has the name of a file, and fails when its first part is stored. */
async function upload(t: Test, model: ServerModel, wire: WireFormat): Promise<void> {
  const disk = failingDisk(t, FILES);
  const server = await serve(t, model.name, { service: filesService(wire, disk.directory) });
  const [writer, other] = [await Peer.connect(t, server.port), await Peer.connect(t, server.port)];
  const request = wire.upload('kept', UPLOADED);
  const begun = Math.floor(request.length / 8);
  writer.push(request.subarray(0, begun));
  await eventually('it has begun', async () => (await countsOf(server)).bytesIn === begun);
  t.ok(disk.fail(BROKEN) < UPLOADED.length / 2, 'the rest has no room in other blocks');
  writer.push(request.subarray(begun, -1));
  await othersAreServed(t, other, wire, 'an upload that fails');
  const refused = wire.error('input/output error');
  await asks(t, writer, request.subarray(-1), refused, 'the upload is refused');
  await othersAreServed(t, writer, wire, 'an upload that failed');
  t.strictSame(entriesOf(disk.directory), NAMES);
  disk.repair();
  await asks(t, writer, request, wire.done, 'it can be written again');
  t.strictSame(await end(server, writer, other), { requests: 5, refused: 1 });
  t.ok(readFileSync(join(disk.directory, 'kept')).equals(UPLOADED));
}

const OPERATIONS = [
  { op: 'download', content: BROKEN, failure: 'short' },
  { op: 'upload', content: UPLOADED, failure: 'rejected' },
] as const;
type Operation = (typeof OPERATIONS)[number];

/** c10k's clients count each of these transfers as failed. */
async function clients(
  t: Test,
  model: ServerModel,
  wire: WireFormat,
  { op, content, failure }: Operation,
) {
  const path = join(t.testdir(), 'content');
  writeFileSync(path, wire.name === 'raw' ? content : content.toString('base64'));
  const disk = failingDisk(t, FILES);
  const server = await serve(t, model.name, { service: filesService(wire, disk.directory) });
  disk.fail(BROKEN);
  const options = { op, wire: wire.name, bytes: String(content.length), content: path };
  const load = { protocol: { name: 'files', options }, connections: CLIENTS };
  const { rows } = await runLoad(t, server.port, load);
  t.ok(rows.every((row) => row.failure !== ''));
  // The baseline closes the connection of an upload that fails, with bytes under way.
  if (model.accounts) t.strictSame(failuresByKind(rows), { [failure]: CLIENTS });
  t.strictSame(entriesOf(disk.directory), NAMES);
  if (model.accounts) await closed(server, CLIENTS);
  const served = await server.stop();
  if (!model.accounts) return;
  const { compared, examples } = reconcile(rows, served);
  t.strictSame({ compared, examples }, { compared: CLIENTS, examples: [] });
}

const noDisk = withoutFailingDisk();

for (const wire of WIRES) {
  for (const model of ACCOUNTING) {
    const skip = noDisk || skipOf(model);
    t.test(`${model.name} ends a download that can't be read, ${wire.name}`, { skip }, (t) =>
      download(t, model, wire),
    );
    t.test(`${model.name} refuses an upload that can't be written, ${wire.name}`, { skip }, (t) =>
      upload(t, model, wire),
    );
  }
  for (const model of CATALOG)
    for (const operation of OPERATIONS) {
      const skip = noDisk || skipOf(model);
      const name = `clients of ${model.name} fail with the disk: ${operation.op}, ${wire.name}`;
      t.test(name, { skip }, (t) => clients(t, model, wire, operation));
    }
}
