/** Random commands: both implementations of the file service give the same replies and store the same files. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { entriesOf, filesService, WIRES, type WireFormat } from '../support/files.js';
import { Peer } from '../support/peer.js';
import { RandomCommands } from '../support/random-commands.js';
import { closed, countsOf, serve } from '../support/server.js';

const SEED = 1;
const PEERS = 1000;
const LARGEST = 1000;

/** One implementation each. */
const MODELS = ['epoll', 'libuv'] as const;

async function start(t: Test, model: string, wire: WireFormat, directory: string) {
  const storage = join(directory, model);
  const service = filesService(wire, storage, { largest: String(LARGEST) });
  return { storage, server: await serve(t, model, { service }) };
}

/** Everything that the server sends. */
async function answer(t: Test, port: number, text: Buffer): Promise<Buffer> {
  const peer = await Peer.connect(t, port);
  peer.push(text);
  peer.end();
  const parts: Buffer[] = [];
  for (;;) {
    const part = await peer.read(1 << 20);
    parts.push(part);
    if (part.length < 1 << 20) return Buffer.concat(parts);
  }
}

const shown = (bytes: Buffer) => JSON.stringify(bytes.toString('latin1', 0, 1000));

const filesIn = (storage: string) =>
  entriesOf(storage).map((name) => [name, readFileSync(join(storage, name))] as const);

async function compare(t: Test, wire: WireFormat): Promise<void> {
  const directory = t.testdir({ epoll: {}, libuv: {} });
  const one = await start(t, MODELS[0], wire, directory);
  const other = await start(t, MODELS[1], wire, directory);
  const commands = new RandomCommands(wire, LARGEST, SEED);
  for (let number = 1; number <= PEERS; number++) {
    const text = commands.next();
    const wanted = await answer(t, one.server.port, text);
    const found = await answer(t, other.server.port, text);
    // As text, because a failure shows what differs; once, because thousands of checks take long.
    if (!found.equals(wanted))
      t.equal(shown(found), shown(wanted), `peer ${number}: ${shown(text)}`);
  }
  for (const { server } of [one, other]) await closed(server, PEERS);
  t.strictSame(filesIn(other.storage), filesIn(one.storage));
  const [wanted, found] = [await countsOf(one.server), await countsOf(other.server)];
  for (const count of ['requests', 'refused', 'bytesOut'] as const)
    t.equal(found[count], wanted[count], count);
}

for (const wire of WIRES) t.test(wire.name, (t) => compare(t, wire));
