/** Several server processes: when one dies, only its records are lost. */
import t, { type Test } from 'tap';
import { native } from '../../../lib/native.js';
import type { Server } from '../../../lib/server/server.js';
import { HOST } from '../../support/host.js';
import { sumOf } from '../../support/load.js';
import { Peer } from '../../support/peer.js';
import { closed, freeze, serve, thaw } from '../../support/server.js';
import { ECHO } from '../../support/services.js';

/** Connections that this process accepts, because all others stand still meanwhile. */
async function connectTo(t: Test, server: Server, pid: number, n: number): Promise<Peer[]> {
  const others = { pids: server.pids.filter((other) => other !== pid) };
  await freeze(others);
  const peers: Peer[] = [];
  for (let i = 0; i < n; i++) {
    const peer = await Peer.connect(t, server.port);
    t.equal(await peer.ask('request\n'), 'request\n');
    peers.push(peer);
  }
  thaw(others);
  return peers;
}

t.test('when a process dies, only its rows are lost', async (t) => {
  const server = await serve(t, 'epoll', { processes: 2 });
  const [dying, living] = server.pids as [number, number];
  await connectTo(t, server, dying, 2);
  const [first] = await connectTo(t, server, living, 3);
  process.kill(dying, 'SIGKILL');
  t.match(await server.ended, { message: 'the epoll server process ended early (SIGKILL)' });

  const { loops, total, userUs } = await server.snapshot();
  t.strictSame(
    loops.map(({ accepts }) => accepts),
    [null, 3],
    'the counts of the dead process are unknown',
  );
  t.equal(total.accepts, null, 'a sum that includes them is unknown');
  t.ok(Number.isNaN(userUs));

  first?.end();
  t.equal(await first?.ending(), 'end');
  const taken = await server.takeRows();
  const rest = await server.stop();
  const rows = [...taken, ...rest];
  t.strictSame(rows.map(({ closeReason }) => closeReason).toSorted(), [
    'end',
    'stopped',
    'stopped',
  ]);
  t.ok(
    rows.every(({ loop }) => loop === 1),
    'loops keep their numbers',
  );
});

t.test('each row is returned once, by takeRows() or stop()', async (t) => {
  for (const model of ['epoll', 'libuv', 'workers']) {
    const server = await serve(t, model);
    const ends = await Peer.connect(t, server.port);
    const stays = await Peer.connect(t, server.port);
    for (const peer of [ends, stays]) t.equal(await peer.ask('request\n'), 'request\n');
    ends.end();
    await closed(server, 1);
    t.match(await server.takeRows(), [{ requests: 1, closeReason: 'end' }], model);
    t.strictSame(await server.takeRows(), [], model);
    t.match(await server.stop(), [{ requests: 1, closeReason: 'stopped' }], model);
  }
});

t.test('stopping a server twice returns the same rows twice', async (t) => {
  const server = await serve(t, 'epoll');
  await (await Peer.connect(t, server.port)).ask('request\n');
  const both = await Promise.all([server.stop(), server.stop()]);
  t.equal(both[0].length, 1);
  t.strictSame(both[1], both[0]);
  t.strictSame(await server.stop(), both[0]);
});

t.test('a stopped server does not count as dead', async (t) => {
  const server = await serve(t, 'epoll', { processes: 2 });
  let died = false;
  server.ended.then(() => {
    died = true;
  });
  await server.stop();
  t.notOk(died);
});

t.test('the addon returns each row once, even if stopped several times', async (t) => {
  const { fd, port } = native.listen(HOST, 0, 16);
  t.teardown(() => native.close(fd));
  const spec = { model: 'epoll', service: ECHO, listeners: [fd], loops: 2 };
  const server = new native.Server(spec);
  for (let i = 0; i < 4; i++) await (await Peer.connect(t, port)).ask('request\n');
  const tables = [await server.stop(), await server.stop(), server.takeRows()];
  t.equal(
    sumOf(tables, ({ loop }) => loop.length),
    4,
  );
});
