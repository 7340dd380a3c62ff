/** Invalid requests of the bulk service: each is answered with a line, counted, and ends its connection. */
import t from 'tap';
import { ACCOUNTING, skipOf } from '../support/models.js';
import { pattern } from '../support/pattern.js';
import { Peer } from '../support/peer.js';
import { closed, countsOf, serve } from '../support/server.js';
import { BULK, BULKS } from '../support/services.js';

/** The bytes sent, and the answers to the valid requests followed by the error line. */
const WRONG: readonly (readonly [request: string, answer: string])[] = [
  ['HELLO\n', 'ERROR unknown command\n'],
  ['\n', 'ERROR unknown command\n'],
  ['GET -1\n', 'ERROR bad length\n'],
  ['GET 1e9\n', 'ERROR bad length\n'],
  ['GET 0\n', 'ERROR bad length\n'],
  ['PUT 1099511627777\n', 'ERROR bad length\n'],
  ['GET 1\0\n', 'ERROR bad length\n'],
  ['\0'.repeat(32), 'ERROR line too long\n'],
  [`GET 1${' '.repeat(27)}`, 'ERROR line too long\n'],
  ['PUT 3\nabcdef\n', 'OK 3\nERROR unknown command\n'],
];

/** The same, if the client's end follows. */
const CUT: readonly (readonly [request: string, answer: string])[] = [
  ['GET 1', 'ERROR incomplete\n'],
  ['PUT 5\n', 'ERROR incomplete\n'],
  ['PUT 5\nhell', 'ERROR incomplete\n'],
  ['PUT 1\naGET 1', 'OK 1\nERROR incomplete\n'],
];

const GET = 'GET 1000000\n';
/** Far more than the sockets of both sides and the buffers of a ring can hold. */
const FLOOD = Buffer.alloc(128 << 20, GET);

for (const model of ACCOUNTING) {
  const skip = skipOf(model);

  t.test(`${model.name} stops reading if a client doesn't read answers`, { skip }, async (t) => {
    const server = await serve(t, model.name, { service: BULK });
    const peer = await Peer.connect(t, server.port);
    peer.push(GET);
    await peer.read(1e6);
    const before = server.memory() ?? Number.NaN;
    peer.push(FLOOD);
    const content = pattern(1e6);
    for (let i = 0; i < 20; i++) t.ok((await peer.read(1e6)).equals(content));
    const grown = (server.memory() ?? Number.NaN) - before;
    t.ok(grown < FLOOD.length / 2, `it grew by ${grown} bytes`);
    await server.stop();
  });

  t.test(`${model.name} refuses invalid requests`, { skip }, async (t) => {
    const server = await serve(t, model.name, { service: BULK });
    const cases = [...WRONG.map((each) => [...each, false]), ...CUT.map((each) => [...each, true])];
    for (const [request, answer, cut] of cases as [string, string, boolean][]) {
      const peer = await Peer.connect(t, server.port);
      await peer.send(request);
      if (cut) peer.end();
      t.equal(String(await peer.read(answer.length)), answer, JSON.stringify(request));
      t.equal(await peer.ending(), 'end');
      peer.leave();
    }
    await closed(server, cases.length);
    const { requests, refused } = await countsOf(server);
    t.strictSame({ requests, refused }, { requests: 2, refused: cases.length });
    const rows = await server.stop();
    t.ok(rows.every((row) => row.closeReason === 'end' && row.refused === 1));
  });

  for (const source of BULKS)
    t.test(
      `${model.name} sends a whole answer from ${source.options.source} after the end`,
      { skip },
      async (t) => {
        const server = await serve(t, model.name, { service: source });
        const peer = await Peer.connect(t, server.port);
        const length = 9_000_000;
        peer.push(`GET ${length}\nGET 5\n`);
        peer.end();
        const answer = Buffer.concat([pattern(length), pattern(5)]);
        t.ok((await peer.read(answer.length)).equals(answer));
        t.equal(await peer.ending(), 'end');
        await closed(server, 1);
        const [row] = await server.stop();
        t.match(row, { requests: 2, bytesOut: answer.length, closeReason: 'end' });
      },
    );
}
