/** Every model of the catalog × the file service in both wire formats: each operation, by clients and byte by byte. */
import { mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { failuresByKind } from '../../bench/run/failures.js';
import {
  clientAccount,
  reconcileTransfers,
  serverAccount,
} from '../../lib/account/reconcile-transfers.js';
import { mergeRecorded, type Recorded } from '../../lib/account/transfers.js';
import { CATALOG, type ServerModel } from '../../lib/catalog/models.js';
import type { LoadReport } from '../../lib/load/client.js';
import type { Server } from '../../lib/server/server.js';
import { settle } from '../support/account.js';
import { eventually } from '../support/eventually.js';
import {
  binary,
  entriesOf,
  filesService,
  joined,
  WIRES,
  type WireFormat,
} from '../support/files.js';
import { runLoad } from '../support/load.js';
import { skipOf } from '../support/models.js';
import { Peer } from '../support/peer.js';
import { closed, countsOf, serve } from '../support/server.js';

/** Around the sizes of parts, of groups of base64 and of buffers. */
const LENGTHS = [0, 1, 2, 3, 49_151, 49_152, 49_153, 65_535, 65_536, 65_537, 3_000_000];

const CLIENTS = 4;
const REPEAT = 3;
const ENTRIES = 40;
const BYTES = 300_001;

async function checkReply(t: Test, peer: Peer, request: Uint8Array, reply: Buffer, what: string) {
  peer.push(request);
  t.ok((await peer.read(reply.length)).equals(reply), what);
}

/** The files that the operation of c10k's client needs. */
function prepare(storage: string, op: string, content: Buffer): void {
  const write = (name: string, bytes: Uint8Array | string = '') =>
    writeFileSync(join(storage, name), bytes);
  if (op === 'download') write('download', content);
  if (op === 'list') for (let i = 0; i < ENTRIES; i++) write(`entry-${i}`);
}

/** Uploads precede the deletion of what they have stored. */
async function runLoads(t: Test, server: Server, folder: string, wire: WireFormat) {
  const [storage, path] = [join(folder, 'storage'), join(folder, 'content')];
  const content = binary(BYTES);
  writeFileSync(path, wire.name === 'raw' ? content : content.toString('base64'));
  const transfer = { bytes: String(BYTES), content: path };
  const loads = {
    list: { entries: String(ENTRIES) },
    upload: transfer,
    delete: {},
    download: transfer,
  };
  const reports: LoadReport[] = [];
  for (const [op, options] of Object.entries(loads)) {
    prepare(storage, op, content);
    const protocol = { name: 'files', options: { op, wire: wire.name, ...options } };
    const load = { protocol, connections: CLIENTS, repeat: REPEAT, listsTransfers: true };
    reports.push(await runLoad(t, server.port, load));
    if (op === 'upload') checkUploads(t, storage, content);
  }
  t.notOk(entriesOf(storage).includes('0-0'), 'what was uploaded is deleted');
  return reports;
}

function checkUploads(t: Test, storage: string, content: Buffer): void {
  const stored = entriesOf(storage).filter((name) => /^\d+-\d+$/.test(name));
  t.equal(stored.length, CLIENTS * REPEAT);
  t.ok(stored.every((name) => readFileSync(join(storage, name)).equals(content)));
}

/** c10k's clients compare each reply; the records of both sides agree. */
async function serveClients(t: Test, model: ServerModel, wire: WireFormat): Promise<void> {
  const folder = t.testdir({ storage: {} });
  const service = filesService(wire, join(folder, 'storage'));
  const server = await serve(t, model.name, { service, listsTransfers: true });
  const reports = await runLoads(t, server, folder, wire);
  const [last] = reports.slice(-1) as [LoadReport];
  const rows = reports.flatMap((report) => report.rows);
  t.strictSame(failuresByKind(rows), {});
  const { rows: served } = await settle(t, model, server, { ...last, rows });
  if (!model.accounts) return;
  const found = reconcileTransfers(
    clientAccount(rows, withoutLists(mergeRecorded(reports.map((report) => report.transfers)))),
    serverAccount(served, withoutLists(server.takeTransfers())),
  );
  t.strictSame(found.examples, [], 'no transfer differs');
  t.equal(found.compared, 3 * CLIENTS * REPEAT, 'every transfer is compared');
}

/** Of a list, the client counts the bytes of its names, and the server none. */
function withoutLists<Row extends { readonly operation: string }>(recorded: Recorded<Row>) {
  return { ...recorded, rows: recorded.rows.filter(({ operation }) => operation !== 'list') };
}

async function transferAll(t: Test, peer: Peer, storage: string, wire: WireFormat) {
  const { command, upload, content, done } = wire;
  for (const length of LENGTHS) {
    const bytes = binary(length, length);
    await checkReply(t, peer, upload('file', bytes), done, `${length} bytes are received`);
    t.ok(readFileSync(join(storage, 'file')).equals(bytes), 'and stored, instead of the earlier');
    await checkReply(t, peer, command('GET file'), content(bytes), 'and sent');
  }
  await checkReply(t, peer, command('DELETE file'), done, 'the file is deleted');
  t.strictSame(entriesOf(storage), []);
  return 3 * LENGTHS.length - LENGTHS.length + 1;
}

/** In the order of their bytes, which is not that of UTF-16. Both formats can upload these. */
const NAMES = ['"quoted"', 'a', 'back\\slash', 'na\u00efve', '\uff5e', '\u{1f600}'];

/** Requests with their replies. */
function namesAndVerbs({ command, upload, content, done, listing }: WireFormat) {
  const stored = NAMES.toReversed().map((name) => [upload(name, name), done] as const);
  const sent = NAMES.map((name) => [command(joined('gEt ', name)), content(name)] as const);
  const deleted = NAMES.map((name) => [command(joined('delete ', name)), done] as const);
  return [
    [command('LIST'), listing([])],
    ...stored,
    [command('list'), listing(NAMES)],
    ...sent,
    ...deleted,
    [command('List'), listing([])],
  ] as const;
}

/** Only regular files with a name that a client may give are files of the service. */
async function otherEntries(t: Test, peer: Peer, storage: string, wire: WireFormat) {
  mkdirSync(join(storage, 'folder'));
  writeFileSync(join(storage, '.hidden'), '');
  writeFileSync(join(storage, 'a file'), 'its content');
  const { command, content, listing, done, error } = wire;
  await checkReply(t, peer, command('LIST'), listing(['a file']), 'they are not listed');
  await checkReply(t, peer, command('GET folder'), error('no such file'), 'nor sent');
  await checkReply(t, peer, command('DELETE folder'), error('no such file'), 'nor deleted');
  await checkReply(t, peer, command('GET a file'), content('its content'), 'a name with a space');
  await checkReply(t, peer, command('DELETE a file'), done, 'is deleted');
  t.strictSame(entriesOf(storage), ['.hidden', 'folder']);
}

async function converse(t: Test, model: ServerModel, wire: WireFormat): Promise<void> {
  const storage = t.testdir();
  const server = await serve(t, model.name, { service: filesService(wire, storage) });
  const peer = await Peer.connect(t, server.port);
  const transfers = await transferAll(t, peer, storage, wire);
  const exchanges = namesAndVerbs(wire);
  for (const [request, reply] of exchanges)
    await checkReply(t, peer, request, reply, JSON.stringify(String(request)));
  await otherEntries(t, peer, storage, wire);
  peer.end();
  t.equal(await peer.ending(), 'end');
  if (!model.accounts) return;
  await closed(server, 1);
  const { requests, refused } = await countsOf(server);
  t.strictSame({ requests, refused }, { requests: transfers + exchanges.length + 3, refused: 2 });
  const [row] = await server.stop();
  t.match(row, { requests, refused, closeReason: 'end' });
}

/** Commands behind a reply that is larger than the socket buffers. */
async function pipeline(t: Test, model: ServerModel, wire: WireFormat): Promise<void> {
  const storage = t.testdir();
  const server = await serve(t, model.name, { service: filesService(wire, storage) });
  const { command, upload, content, done, listing } = wire;
  const [long, short] = [Buffer.alloc(12_000_000), binary(200_000)];
  writeFileSync(join(storage, 'long'), '');
  truncateSync(join(storage, 'long'), long.length);
  const exchanges = [
    [command('GET long'), content(long)],
    [upload('short', short), done],
    [command('LIST'), listing(['long', 'short'])],
    [command('GET short'), content(short)],
    [command('DELETE short'), done],
    [command('DELETE long'), done],
    [command('LIST'), listing([])],
  ] as const;
  const peer = await Peer.connect(t, server.port);
  peer.push(joined(...exchanges.map(([request]) => request)));
  peer.end();
  const replies = joined(...exchanges.map(([, reply]) => reply));
  t.ok((await peer.read(replies.length)).equals(replies), 'every reply, in order');
  t.equal(await peer.ending(), 'end');
}

/** The server has received the first part before the second is sent. */
async function split(t: Test, model: ServerModel, wire: WireFormat): Promise<void> {
  const server = await serve(t, model.name, { service: filesService(wire, t.testdir()) });
  const { command, upload, content, done, listing, error } = wire;
  const peer = await Peer.connect(t, server.port);
  const requests = joined(
    ...[command('LIST'), upload('a', 'hello'), command('GET a'), command('X'), command('DELETE a')],
  );
  const replies = joined(listing([]), done, content('hello'), error('unknown command'), done);
  for (let at = 1; at < requests.length; at++) {
    peer.push(requests.subarray(0, at));
    const bytes = (at - 1) * requests.length + at;
    if (model.accounts) await received(server, bytes);
    await checkReply(t, peer, requests.subarray(at), replies, `split after ${at} bytes`);
  }
}

function received(server: Server, bytes: number): Promise<void> {
  return eventually(`${bytes} bytes received`, async () => {
    return ((await countsOf(server)).bytesIn ?? 0) >= bytes;
  });
}

const TESTS = {
  "serves c10k's clients": serveClients,
  'sends and stores exactly': converse,
  'serves commands behind each other': pipeline,
  'serves commands that are split anywhere': split,
};

/** The baseline closes a connection with commands behind a reply that is not taken yet. */
function testsOf({ accounts }: ServerModel) {
  return Object.entries(TESTS).filter(([, run]) => accounts || (run !== pipeline && run !== split));
}

for (const model of CATALOG)
  for (const wire of WIRES)
    for (const [name, run] of testsOf(model))
      t.test(`${model.name} ${name}, ${wire.name}`, { skip: skipOf(model) }, (t) =>
        run(t, model, wire),
      );
