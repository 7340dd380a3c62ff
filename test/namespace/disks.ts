/** A storage that is full or read-only: run by scripts/test-namespace in a mount namespace. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import type { ServerModel } from '../../lib/catalog/models.js';
import type { Server } from '../../lib/server/server.js';
import { c10k } from '../support/command.js';
import { disk, remount } from '../support/disks.js';
import { eventually } from '../support/eventually.js';
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
const SMALL = binary(100_000, 1);
const LARGE = binary(3_000_000, 2);
const FULL = 'no space left';

function storageOn(options: string): string {
  const storage = disk(options);
  writeFileSync(join(storage, 'kept'), KEPT);
  return storage;
}

async function asks(t: Test, peer: Peer, request: Buffer, reply: Buffer, what: string) {
  peer.push(request);
  t.equal(String(await peer.read(reply.length)), String(reply), what);
}

/** The totals, after the peers have ended. */
async function end(server: Server, ...peers: readonly Peer[]) {
  for (const peer of peers) peer.end();
  await closed(server, peers.length);
  const { requests, refused } = await countsOf(server);
  await server.stop();
  return { requests, refused };
}

/** The larger upload does not fit; a smaller one began before it, and has room before the larger one ends. */
async function full(t: Test, model: ServerModel, wire: WireFormat): Promise<void> {
  const storage = storageOn('size=1m');
  const server = await serve(t, model.name, { service: filesService(wire, storage) });
  const [peer, other] = [await Peer.connect(t, server.port), await Peer.connect(t, server.port)];
  const [large, small] = [wire.upload('large', LARGE), wire.upload('small', SMALL)];
  other.push(small.subarray(0, small.length / 2));
  peer.push(large.subarray(0, -1));
  const sent = large.length - 1 + Math.floor(small.length / 2);
  await eventually('both are received', async () => (await countsOf(server)).bytesIn === sent);
  await asks(t, other, small.subarray(small.length / 2), wire.done, 'the other one is stored');
  await asks(t, peer, large.subarray(-1), wire.error(FULL), 'no room for the larger one');
  await asks(t, peer, wire.upload('kept', LARGE), wire.error(FULL), 'nor in place of another');
  await isServed(t, peer, wire, KEPT, 'refused uploads');
  t.strictSame(entriesOf(storage), ['kept', 'small']);
  t.ok(readFileSync(join(storage, 'small')).equals(SMALL));
  await asks(t, peer, wire.upload('kept', SMALL), wire.done, 'a smaller one replaces it');
  t.strictSame(await end(server, peer, other), { requests: 3, refused: 2 });
  t.ok(readFileSync(join(storage, 'kept')).equals(SMALL));
}

/** Inodes for the directory and one file: no other file can be made. */
async function withoutInodes(t: Test, model: ServerModel, wire: WireFormat): Promise<void> {
  const storage = storageOn('nr_inodes=3');
  const server = await serve(t, model.name, { service: filesService(wire, storage) });
  const peer = await Peer.connect(t, server.port);
  await isServed(t, peer, wire, KEPT, 'nothing');
  writeFileSync(join(storage, 'last'), '');
  for (const name of ['new', 'kept'])
    await asks(t, peer, wire.upload(name, SMALL), wire.error(FULL), `no inode for ${name}`);
  await isServed(t, peer, wire, KEPT, 'refused uploads');
  await asks(t, peer, wire.command('DELETE last'), wire.done, 'an inode is freed');
  await asks(t, peer, wire.upload('new', SMALL), wire.done, 'and used');
  t.strictSame(await end(server, peer), { requests: 4, refused: 2 });
  t.strictSame(entriesOf(storage), ['kept', 'new']);
}

async function readOnly(t: Test, model: ServerModel, wire: WireFormat): Promise<void> {
  const storage = storageOn('size=1m');
  const server = await serve(t, model.name, { service: filesService(wire, storage) });
  const peer = await Peer.connect(t, server.port);
  remount(storage, 'ro');
  const refused = wire.error('not permitted');
  for (const name of ['new', 'kept'])
    await asks(t, peer, wire.upload(name, SMALL), refused, `no upload of ${name}`);
  await asks(t, peer, wire.command('DELETE kept'), refused, 'no deletion');
  await asks(t, peer, wire.command('LIST'), wire.listing(['kept']), 'a listing');
  await isServed(t, peer, wire, KEPT, 'refused changes');
  remount(storage, 'rw');
  await asks(t, peer, wire.upload('new', SMALL), wire.done, 'it can be written to again');
  t.strictSame(await end(server, peer), { requests: 3, refused: 3 });
  t.strictSame(entriesOf(storage), ['kept', 'new']);
}

const TESTS = {
  'refuses what a full disk has no room for': full,
  'refuses what a disk has no inode for': withoutInodes,
  'refuses changes of a read-only disk': readOnly,
};

for (const model of ACCOUNTING)
  for (const wire of WIRES)
    for (const [name, run] of Object.entries(TESTS))
      t.test(`${model.name} ${name}, ${wire.name}`, { skip: skipOf(model) }, (t) =>
        run(t, model, wire),
      );

t.test('a read-only storage is a usage error', async (t) => {
  const storage = storageOn('size=1m');
  remount(storage, 'ro');
  for (const command of [['files'], ['serve', '--service', 'files']]) {
    const directory = t.testdir();
    const { code, stderr } = await c10k(directory, ...command, '--storage', storage);
    t.equal(code, 2);
    t.match(stderr, /^c10k: --storage \S+: read-only file system; allowed: [^\n]+\n$/);
    t.strictSame(readdirSync(directory), []);
  }
});

/** An experiment that uploads two files of 3 MB to a disk with these options. */
async function experimentOn(t: Test, options: string) {
  const storage = disk(options);
  const load = ['--op', 'upload', '--size', '3MB', '--repeat', '2', '--trials', '1'];
  const result = await c10k(t.testdir(), 'files', '--storage', storage, ...load);
  t.strictSame(readdirSync(storage), [], 'its storages are removed');
  return { code: result.code, text: result.stdout + result.stderr };
}

t.test('an experiment on a disk that becomes full is invalid', async (t) => {
  // One for the root, one for the storage, one for the first upload.
  const { code, text } = await experimentOn(t, 'size=32m,nr_inodes=3');
  t.equal(code, 3);
  t.match(text, /rejected/);
});

t.test(
  'an experiment whose files do not fit is skipped, with the needs and the room',
  async (t) => {
    const { code, text } = await experimentOn(t, 'size=1m');
    t.equal(code, 3);
    t.match(text, /skipped .*: needs 5\.\d+ MiB in \S+, 1\.00 MiB can be used/);
  },
);
