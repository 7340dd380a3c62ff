/** Invalid commands of the file service: each is refused and counted, others are served, and nothing is left in the storage. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import type { ServerModel } from '../../lib/catalog/models.js';
import type { Server } from '../../lib/server/server.js';
import {
  binary,
  entriesOf,
  filesService,
  isServed,
  joined,
  WIRES,
  type WireFormat,
} from '../support/files.js';
import { ACCOUNTING, skipOf } from '../support/models.js';
import { Peer } from '../support/peer.js';
import { closed, countsOf, serve } from '../support/server.js';

const LARGEST = 100_000;
const KEPT = binary(1000);
/** The same bytes as text. */
const LATIN1 = Buffer.from('caf\u00e9', 'latin1');
const LONGEST = 'n'.repeat(255);

interface Invalid {
  readonly request: Buffer;
  readonly why: string;
}

/** Names that no file may have. */
const BAD_NAMES = [
  '../x',
  '/x',
  'a/b',
  '.x',
  '.',
  '..',
  'a\0b',
  'a\tb',
  'a\x7fb',
  LATIN1,
  `${LONGEST}n`,
];

function cases(why: string, ...requests: readonly Buffer[]): Invalid[] {
  return requests.map((request) => ({ request, why }));
}

/** The connection takes further commands. */
function refusals({ command, upload }: WireFormat): Invalid[] {
  const named = ['GET ', 'DELETE '].map(
    (verb) => (name: string | Uint8Array) => command(joined(verb, name)),
  );
  return [
    ...cases('unknown command', ...['', ' ', 'HELLO', 'GETS x', ' LIST', '\0'].map(command)),
    ...cases('LIST takes no name', command('LIST x'), command('LIST ')),
    ...cases('no name', ...['GET', 'GET ', 'DELETE', 'delete '].map(command), upload('', 'abc')),
    ...cases('no such file', command('GET missing'), command(`DELETE ${LONGEST}`)),
    ...BAD_NAMES.flatMap((name) =>
      cases('bad name', ...named.map((of) => of(name)), upload(name, 'content')),
    ),
  ];
}

/** Contents that are not base64: characters, padding, bits behind the last byte. */
const NOT_BASE64 = [
  ...['QUI', 'QUJD=', '=', '====', 'A===', 'Q=Q=', 'QQ=Q', 'QQ==QUJD', 'QQ==Q', 'QUJDQ'],
  ...['QR==', 'QUF=', 'QUJ?', 'QU-_', 'QU J', 'QUJD\rQUJD', 'QUJD\r\nQUJD', 'QUJD\n', 'QU\0D'],
  `${'QUJD'.repeat(20_000)}!${'QUJD'.repeat(1000)}`,
];

const OF_BASE64: readonly Invalid[] = [
  ...cases('no name', Buffer.from('UPLOAD\r\n\r\n')),
  ...cases('no content', Buffer.from('UPLOAD x\r\n\r\n')),
  ...cases('no name', Buffer.from('UPLOAD \r\n\r\n')),
  ...cases('bad base64', ...NOT_BASE64.map((text) => Buffer.from(`UPLOAD x ${text}\r\n\r\n`))),
];

/** The connection ends, because the next command can't be found. What follows is discarded. */
function endings({ name, upload, command }: WireFormat): Invalid[] {
  const long = name === 'raw' ? 'line too long' : 'command too long';
  const endless = ['x'.repeat(300), `GET ${'n'.repeat(300)}`, `UPLOAD ${'n'.repeat(300)}`];
  const both = [
    ...cases(long, ...endless.map((text) => joined(text, command('LIST')))),
    ...cases('too large', upload('x', binary(LARGEST + 1)), upload('.x', binary(LARGEST + 1))),
  ];
  if (name === 'base64') return both;
  const lengths = ['-1', '+1', '1e3', '', '0x1', '1 ', '4611686018427387905', '9'.repeat(30)];
  return [
    ...both,
    ...cases('no length', ...['UPLOAD\n', 'UPLOAD x\n'].map((line) => Buffer.from(line))),
    ...cases('bad length', ...lengths.map((length) => Buffer.from(`UPLOAD x ${length}\n`))),
    ...cases('too large', Buffer.from('UPLOAD x 4611686018427387904\n')),
  ];
}

/** The peer ends in the middle of it. */
function cut({ command, upload }: WireFormat): Invalid[] {
  const whole = upload('x', binary(5000));
  const parts = [whole.subarray(0, 10), whole.subarray(0, 3000), whole.subarray(0, -1)];
  return cases('incomplete', command('LIST').subarray(0, -1), Buffer.from('GE'), ...parts);
}

const shown = (request: Buffer) => JSON.stringify(request.toString('latin1', 0, 60));

/** All on one connection: the next command is found behind each. */
async function refuseEach(t: Test, peer: Peer, wire: WireFormat, invalid: readonly Invalid[]) {
  for (const { request, why } of invalid) {
    peer.push(request);
    const reply = wire.error(why);
    t.equal(String(await peer.read(reply.length)), String(reply), shown(request));
    await isServed(t, peer, wire, KEPT, shown(request));
  }
}

async function endEach(
  t: Test,
  server: Server,
  wire: WireFormat,
  invalid: readonly (Invalid & { readonly isCut: boolean })[],
) {
  for (const { request, why, isCut } of invalid) {
    const peer = await Peer.connect(t, server.port);
    peer.push(request);
    if (isCut) peer.end();
    const reply = wire.error(why);
    t.equal(String(await peer.read(reply.length)), String(reply), shown(request));
    t.equal(await peer.ending(), 'end');
    peer.leave();
  }
}

async function refuseInvalid(t: Test, model: ServerModel, wire: WireFormat): Promise<void> {
  const storage = join(t.testdir({ storage: { kept: KEPT } }), 'storage');
  const service = filesService(wire, storage, { largest: String(LARGEST) });
  const server = await serve(t, model.name, { service });
  const other = await Peer.connect(t, server.port);
  const going = [...refusals(wire), ...(wire.name === 'base64' ? OF_BASE64 : [])];
  const ending = [
    ...endings(wire).map((each) => ({ ...each, isCut: false })),
    ...cut(wire).map((each) => ({ ...each, isCut: true })),
  ];
  const peer = await Peer.connect(t, server.port);
  await refuseEach(t, peer, wire, going);
  peer.end();
  t.equal(await peer.ending(), 'end');
  await endEach(t, server, wire, ending);
  await closed(server, 1 + ending.length);
  t.strictSame(entriesOf(storage), ['kept'], 'nothing is left');
  t.ok(readFileSync(join(storage, 'kept')).equals(KEPT));
  await isServed(t, other, wire, KEPT, 'all of them on another connection');
  other.end();
  await closed(server, 2 + ending.length); // a command is counted when its reply is with the kernel
  const { requests, refused } = await countsOf(server);
  t.strictSame(
    { requests, refused },
    { requests: going.length + 1, refused: going.length + ending.length },
  );
  const rows = await server.stop();
  const expected = [going.length, ...ending.map(() => 1), 0];
  t.strictSame(
    rows.map((row) => row.refused).toSorted((a, b) => b - a),
    expected,
    'each is counted on its connection',
  );
}

for (const model of ACCOUNTING)
  for (const wire of WIRES)
    t.test(`${model.name} refuses invalid commands, ${wire.name}`, { skip: skipOf(model) }, (t) =>
      refuseInvalid(t, model, wire),
    );
