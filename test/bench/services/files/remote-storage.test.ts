/** The client of a storage elsewhere, against servers of c10k and against programs that answer otherwise. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { contentOf } from '../../../../bench/services/files/content.js';
import {
  addressOf,
  remoteStorage,
  type Sent,
} from '../../../../bench/services/files/remote-storage.js';
import { filesService, WIRES, type WireFormat } from '../../../support/files.js';
import { HOST } from '../../../support/host.js';
import { serve } from '../../../support/server.js';

/** More than the sockets' buffers and the parts that are sent and compared, and no multiple of 3. */
const LARGE = 20_000_003;
const LIMIT_NS = 60e9;

async function sentOf(wire: Pick<WireFormat, 'name'>, bytes: number): Promise<Sent> {
  return { bytes, path: (await contentOf(bytes))[wire.name] };
}

/** A server of c10k, its directory, and a client of it. */
async function served(t: Test, wire: WireFormat, options = {}, model = 'epoll') {
  const directory = t.testdir();
  const server = await serve(t, model, { service: filesService(wire, directory, options) });
  const storage = remoteStorage(
    { host: HOST, port: server.port },
    { wire: wire.name, limitNs: LIMIT_NS },
  );
  t.teardown(storage.close);
  return { storage, directory };
}

/** A client of a program that answers each command with the same bytes, or not at all. */
async function answered(t: Test, wire: string, reply: string | null, limitNs = LIMIT_NS) {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    // Then it reads no more, so that what it has not read is not sent.
    socket.once('data', () => {
      socket.pause();
      if (reply !== null) socket.write(reply);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, HOST, resolve));
  const { port } = server.address() as { readonly port: number };
  const storage = remoteStorage({ host: HOST, port }, { wire, limitNs });
  t.teardown(() => {
    storage.close();
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return storage;
}

for (const wire of WIRES)
  for (const model of ['epoll', 'libuv'])
    t.test(`${wire.name}, ${model}: files are stored, listed, compared and deleted`, async (t) => {
      const { storage, directory } = await served(t, wire, {}, model);
      const [small, large] = [await sentOf(wire, 4), await sentOf(wire, LARGE)];
      await storage.put('small', small);
      await storage.put('large', large);
      const expected = readFileSync((await contentOf(LARGE)).raw);
      t.ok(readFileSync(join(directory, 'large')).equals(expected));
      t.same([...(await storage.list())].sort(), ['large', 'small']);
      t.equal(await storage.holds('large', large), true);
      t.equal(await storage.holds('small', large), false, 'it is shorter');
      t.equal(await storage.holds('large', small), false, 'it is longer');
      t.equal(await storage.holds('missing', small), false);
      for (const at of [0, LARGE - 1]) {
        const changed = Buffer.from(expected);
        changed[at] = (changed[at] ?? 0) ^ 1;
        writeFileSync(join(directory, 'large'), changed);
        t.equal(await storage.holds('large', large), false, `a byte differs at ${at}`);
      }
      await storage.remove('large');
      await storage.remove('small');
      t.same(await storage.list(), []);
      t.notOk(existsSync(join(directory, 'large')));
    });

for (const wire of WIRES) {
  t.test(`${wire.name}: what the server refuses is an error with its reason`, async (t) => {
    const { storage } = await served(t, wire, { largest: '1000' });
    await t.rejects(storage.remove('missing'), {
      message: /^\S+:\d+: DELETE missing: no such file$/,
    });
    await t.rejects(storage.put('.hidden', await sentOf(wire, 4)), { message: /: bad name$/ });
    await t.rejects(storage.put('large', await sentOf(wire, LARGE)), {
      message: /: UPLOAD large: too large$/,
    });
    t.same(await storage.list(), [], 'the next command is on a new connection');
  });

  t.test(`${wire.name}: a server that closes the connection is an error`, async (t) => {
    const server = createServer((socket) => socket.end()).listen(0, HOST);
    await new Promise((resolve) => server.once('listening', resolve));
    t.teardown(() => void server.close());
    const { port } = server.address() as { readonly port: number };
    const storage = remoteStorage({ host: HOST, port }, { wire: wire.name, limitNs: LIMIT_NS });
    await t.rejects(storage.list(), { message: /^\S+:\d+: LIST: [^\n]+$/ });
    await t.rejects(storage.put('a', await sentOf(wire, LARGE)), { message: /: UPLOAD a: / });
  });

  t.test(`${wire.name}: a server that does not answer is given up`, async (t) => {
    const storage = await answered(t, wire.name, null, 50e6);
    await t.rejects(storage.list(), { message: /: LIST: no progress for 0.05 s$/ });
  });

  t.test(`${wire.name}: another protocol is an error in one line`, async (t) => {
    const storage = await answered(t, wire.name, 'HTTP/1.1 400 Bad\nRequest\r\n\r\n');
    await t.rejects(storage.list(), {
      message: /: LIST: not a reply of a file server: HTTP\/1.1 400 Bad( Request)?$/,
    });
  });
}

t.test('JSON with white space, other members and data without meaning is accepted', async (t) => {
  const of = (reply: string) => answered(t, 'base64', `${reply}\r\n\r\n`);
  t.same(await (await of('{ "status": "OK",\n"data": ["a", "b"], "more": 1 }')).list(), ['a', 'b']);
  await (await of('{"status": "OK", "data": 17}')).remove('a');
  const text = readFileSync((await contentOf(4)).base64, 'latin1');
  const holds = async (reply: string) =>
    (await of(reply)).holds('a', await sentOf({ name: 'base64' }, 4));
  t.equal(await holds(`{"status" : "OK", "data" : "${text}", "more": 1}`), true);
  t.equal(await holds(`{"status":"OK","data":"${text}AAAA"}`), false);
  t.equal(await holds('{"status":"OK","data":null}'), false);
  t.equal(await holds('{"status":"ERROR","data":"gone"}'), false);
});

t.test('a listing that is no list of names is an error', async (t) => {
  for (const data of ['null', '[1]', '"a"'])
    await t.rejects(
      (await answered(t, 'base64', `{"status":"OK","data":${data}}\r\n\r\n`)).list(),
      {
        message: /not a reply of a file server/,
      },
    );
});

t.test('an upload that is confirmed before it was sent is an error', async (t) => {
  const storage = await answered(t, 'raw', 'OK 0\n');
  await t.rejects(storage.put('a', await sentOf({ name: 'raw' }, LARGE)), {
    message: /: UPLOAD a: confirmed before it was sent$/,
  });
});

t.test('an abort ends the wait for a reply', async (t) => {
  const stop = new AbortController();
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => stop.abort());
  });
  await new Promise<void>((resolve) => server.listen(0, HOST, resolve));
  t.teardown(() => void server.close());
  const { port } = server.address() as { readonly port: number };
  const options = { wire: 'raw', limitNs: LIMIT_NS, signal: stop.signal };
  const storage = remoteStorage({ host: HOST, port }, options);
  await t.rejects(storage.list());
  await t.rejects(storage.list(), 'also before the next command');
});

t.test('an address is shown with its port', async (t) => {
  t.equal(addressOf({ host: '127.0.0.1', port: 9 }), '127.0.0.1:9');
  t.equal(addressOf({ host: '::1', port: 9 }), '[::1]:9');
});
