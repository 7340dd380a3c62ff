/** Every model of the catalog × the bulk service: GET and PUT of lengths around every buffer size. */
import t, { type Test } from 'tap';
import { CATALOG, type ServerModel } from '../../lib/catalog/models.js';
import type { NamedOptions } from '../../lib/native-data.js';
import type { Server } from '../../lib/server/server.js';
import { eventually } from '../support/eventually.js';
import { sumOf } from '../support/load.js';
import { skipOf } from '../support/models.js';
import { pattern } from '../support/pattern.js';
import { Peer } from '../support/peer.js';
import { closed, countsOf, serve } from '../support/server.js';
import { BULKS, nameOf } from '../support/services.js';

const LENGTHS = [1, 65_535, 65_536, 65_537, 3_000_000];

async function checkAnswer(t: Test, peer: Peer, request: string | Uint8Array, answer: Uint8Array) {
  peer.push(request);
  const { length } = answer;
  t.ok((await peer.read(length)).equals(answer), `${length} bytes, each as expected`);
}

function put(length: number): Buffer {
  return Buffer.concat([Buffer.from(`PUT ${length}\n`), pattern(length)]);
}

const ok = (length: number) => Buffer.from(`OK ${length}\n`);

async function getAndPut(t: Test, server: Server): Promise<void> {
  const peer = await Peer.connect(t, server.port);
  for (const length of LENGTHS) {
    await checkAnswer(t, peer, `GET ${length}\n`, pattern(length));
    await checkAnswer(t, peer, put(length), ok(length));
  }
  peer.end();
  t.equal(await peer.ending(), 'end');
}

/** Requests behind an answer that is larger than the socket buffers. */
async function pipeline(t: Test, server: Server): Promise<void> {
  const peer = await Peer.connect(t, server.port);
  const long = 30_000_000;
  const requests = [`GET ${long}\n`, put(3), 'GET 70000\n', put(70_000), 'GET 2\nGET 3\n'];
  const answers = [pattern(long), ok(3), pattern(70_000), ok(70_000), pattern(2), pattern(3)];
  await checkAnswer(t, peer, Buffer.concat(requests.map(Buffer.from)), Buffer.concat(answers));
  peer.end();
  t.equal(await peer.ending(), 'end');
}

/** The server has received the first part before the second is sent. */
async function split(t: Test, server: Server, model: ServerModel): Promise<void> {
  const peer = await Peer.connect(t, server.port);
  const before = (await countsOf(server)).bytesIn ?? 0;
  const request = Buffer.from('GET 12\nPUT 5\nhelloGET 3\n');
  const answer = Buffer.concat([pattern(12), ok(5), pattern(3)]);
  for (let at = 1; at < request.length; at++) {
    peer.push(request.subarray(0, at));
    const bytes = before + (at - 1) * request.length + at;
    if (model.accounts) await received(server, bytes);
    await checkAnswer(t, peer, request.subarray(at), answer);
  }
  peer.leave();
}

async function received(server: Server, bytes: number): Promise<void> {
  await eventually(`${bytes} bytes received`, async () => {
    return ((await countsOf(server)).bytesIn ?? 0) >= bytes;
  });
}

async function checkAccount(t: Test, server: Server): Promise<void> {
  await closed(server, 3);
  const { requests, refused, bytesIn, bytesOut } = await countsOf(server);
  const rows = await server.stop();
  const sent = (length: number) => put(length).length + `GET ${length}\n`.length;
  const [first] = rows.toSorted((a, b) => a.opened - b.opened);
  t.match(first, {
    requests: 2 * LENGTHS.length,
    bytesIn: sumOf(LENGTHS, sent),
    bytesOut: sumOf(LENGTHS, (length) => length + ok(length).length),
    closeReason: 'end',
  });
  t.strictSame(
    { requests, refused, bytesIn, bytesOut },
    {
      requests: sumOf(rows, (row) => row.requests),
      refused: 0,
      bytesIn: sumOf(rows, (row) => row.bytesIn),
      bytesOut: sumOf(rows, (row) => row.bytesOut),
    },
    'the counters are the sums of the rows',
  );
}

async function conform(t: Test, model: ServerModel, service: NamedOptions): Promise<void> {
  const server = await serve(t, model.name, { service });
  await getAndPut(t, server);
  await split(t, server, model);
  // The control closes a connection that has a request behind an answer that doesn't fit into the socket.
  if (!model.accounts) return;
  await pipeline(t, server);
  await checkAccount(t, server);
}

for (const model of CATALOG)
  for (const service of BULKS)
    t.test(`${model.name} serves ${nameOf(service)}`, { skip: skipOf(model) }, (t) =>
      conform(t, model, service),
    );
