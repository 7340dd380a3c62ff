/** Every model that keeps records × the bulk service: both sides record the same transfers. */
import t, { type Test } from 'tap';
import { reconcile } from '../../lib/account/reconcile.js';
import {
  clientAccount,
  reconcileTransfers,
  serverAccount,
} from '../../lib/account/reconcile-transfers.js';
import { clientTotals, type ServerTransfer, serverTotals } from '../../lib/account/transfers.js';
import type { ServerModel } from '../../lib/catalog/models.js';
import type { NamedOptions } from '../../lib/native-data.js';
import type { Server } from '../../lib/server/server.js';
import { bulk } from '../support/bulk.js';
import { eventually } from '../support/eventually.js';
import { runLoad } from '../support/load.js';
import { ACCOUNTING, skipOf } from '../support/models.js';
import { pattern } from '../support/pattern.js';
import { Peer } from '../support/peer.js';
import { closed, countsOf, serve } from '../support/server.js';
import { BULKS, nameOf } from '../support/services.js';

const SIZE = 1_000_000;

const recording = (t: Test, model: ServerModel, service: NamedOptions) =>
  serve(t, model.name, { service, listsTransfers: true });

/** The transfers of the server's connections, after the given number have closed. */
async function transfersOf(server: Server, connections: number) {
  await closed(server, connections);
  const rows = await server.stop();
  return { rows, recorded: server.takeTransfers() };
}

async function agree(t: Test, model: ServerModel, service: NamedOptions, op: 'get' | 'put') {
  const server = await recording(t, model, service);
  const load = { connections: 2, repeat: 3, perConnection: 2, listsTransfers: true };
  const report = await runLoad(t, server.port, { ...load, protocol: bulk(op, SIZE) });
  const { rows, recorded } = await transfersOf(server, 4);
  const [mine, theirs] = [clientTotals(report.transfers), serverTotals(recorded)];
  const expected = { transfers: 6, refused: 0, incomplete: 0, bytes: 6 * SIZE, unrecorded: 0 };
  t.match(mine, expected);
  t.match(theirs, expected);
  t.equal(reconcile(report.rows, rows).mismatches, 0);
  const found = reconcileTransfers(
    clientAccount(report.rows, report.transfers),
    serverAccount(rows, recorded),
  );
  t.strictSame(found.examples, []);
  t.match(found, { compared: 6, mismatches: 0, unknown: 0 });
  for (const { due, sent, firstAnswer, ended } of report.transfers.rows)
    t.ok(due <= sent && sent < firstAnswer && firstAnswer <= ended, 'instants are in order');
  for (const { opened, began, ended } of recorded.rows)
    t.ok(opened <= began && began < ended, 'instants are in order');
}

function brief({ number, operation, bytes, outcome }: ServerTransfer) {
  return [number, operation, bytes, outcome];
}

/** The second part of each request is sent after the first was received. */
async function splitAndPipelined(t: Test, model: ServerModel, service: NamedOptions) {
  const server = await recording(t, model, service);
  const peer = await Peer.connect(t, server.port);
  const requests = Buffer.from('GET 70000\nPUT 5\nhelloGET 3\nHELLO\n');
  peer.push(requests.subarray(0, 4));
  await eventually('it has arrived', async () => (await countsOf(server)).bytesIn === 4);
  peer.push(requests.subarray(4));
  const answer = Buffer.concat([pattern(70_000), Buffer.from('OK 5\n'), pattern(3)]);
  t.ok((await peer.read(answer.length)).equals(answer));
  peer.leave();
  const { recorded } = await transfersOf(server, 1);
  t.strictSame(recorded.rows.map(brief), [
    [1, 'get', 70_000, 'done'],
    [2, 'put', 5, 'done'],
    [3, 'get', 3, 'done'],
    [4, '', 0, 'refused'],
  ]);
}

/** Clients that vanish: one while it receives, one while it sends. */
async function incomplete(t: Test, model: ServerModel, service: NamedOptions) {
  const server = await recording(t, model, service);
  const [reader, writer] = [await Peer.connect(t, server.port), await Peer.connect(t, server.port)];
  const [long, read, written] = [100_000_000, 300_000, 50_000];
  reader.push(`GET ${long}\n`);
  await reader.read(read);
  reader.reset();
  writer.push(Buffer.concat([Buffer.from(`PUT ${SIZE}\n`), pattern(written)]));
  const sent = `GET ${long}\nPUT ${SIZE}\n`.length + written;
  await eventually('all has arrived', async () => (await countsOf(server)).bytesIn === sent);
  writer.reset();
  const { rows, recorded } = await transfersOf(server, 2);
  const [get, put] = recorded.rows.toSorted((a, b) => a.operation.localeCompare(b.operation));
  t.match(put, { number: 1, operation: 'put', bytes: written, outcome: 'incomplete' });
  t.match(get, { number: 1, operation: 'get', outcome: 'incomplete' });
  const moved = get?.bytes ?? 0;
  const taken = rows.find(({ remotePort }) => remotePort === get?.remotePort)?.bytesOut ?? 0;
  t.ok(moved >= read && moved <= taken && taken < long, `${read} <= ${moved} <= ${taken}`);
  // Node.js doesn't report how much of a write the kernel has taken.
  if (model.engine !== 'libuv') t.equal(moved, taken);
}

for (const model of ACCOUNTING)
  for (const service of BULKS)
    t.test(`${model.name}, ${nameOf(service)}`, { skip: skipOf(model) }, async (t) => {
      for (const op of ['get', 'put'] as const)
        await t.test(`${op}: both sides agree`, (t) => agree(t, model, service, op));
      await t.test('split and pipelined requests', (t) => splitAndPipelined(t, model, service));
      await t.test('transfers that a client interrupts', (t) => incomplete(t, model, service));
    });

t.test('transfers are recorded only if requested', async (t) => {
  const service: NamedOptions = { name: 'bulk', options: {} };
  const server = await serve(t, 'epoll', { service });
  const report = await runLoad(t, server.port, { protocol: bulk('get', SIZE) });
  t.strictSame(report.transfers, { rows: [], unrecorded: 0 });
  t.strictSame((await transfersOf(server, 1)).recorded, { rows: [], unrecorded: 0 });
});
