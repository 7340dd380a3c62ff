/** The client's phases: connect, wait at the barrier, exchange messages, drain; and how a load is divided. */
import { once } from 'node:events';
import net from 'node:net';
import t from 'tap';
import { failuresByKind } from '../../../bench/run/failures.js';
import { type LoadSpec, splitLoad } from '../../../lib/load/client.js';
import { native } from '../../../lib/native.js';
import type { Listening } from '../../../lib/native-data.js';
import { eventually } from '../../support/eventually.js';
import { HOST } from '../../support/host.js';
import { prepare, runLoad, sumOf, TEXT } from '../../support/load.js';
import { accepted, countsOf, serve } from '../../support/server.js';

t.test('no connection sends before go(), even if all are open', async (t) => {
  const server = await serve(t, 'epoll');
  const client = await prepare(t, server.port, { connections: 40, idle: 10, repeat: 2 });
  await client.start();
  await client.connected();
  await accepted(server, 50);
  const { connected, open, requests } = await client.progress();
  t.strictSame({ connected, open, requests }, { connected: 50, open: 50, requests: 0 });
  t.equal((await countsOf(server)).bytesIn, 0);
  const at = await client.go();
  await client.drained();
  t.equal((await countsOf(server)).requests, 80);
  const { rows } = await client.finish();
  t.ok(rows.every((row) => row.connected < at && row.closed > at));
});

t.test('without a barrier a connection sends while others are still connecting', async (t) => {
  const { fd, port } = native.listen(HOST, 0, 1); // the accept queue has room for 2
  t.teardown(() => native.close(fd));
  const client = await prepare(t, port, { connections: 5, barrier: false });
  await client.start();
  await eventually('one is open', async () => (await client.progress()).connected > 0);
  const first = (await native.accept(fd)) as Listening;
  const socket = new net.Socket({ fd: first.fd });
  t.teardown(() => socket.destroy());
  const [message] = (await once(socket, 'data')) as [Buffer];
  t.equal(message.length, TEXT.length + 1);
});

t.test('without a barrier no connection waits for go()', async (t) => {
  const server = await serve(t, 'epoll');
  const { rows } = await runLoad(t, server.port, { connections: 20, repeat: 2, barrier: false });
  t.strictSame(failuresByKind(rows), {});
  t.ok(rows.every((row) => row.requests === 2));
});

t.test('a load is divided completely', async (t) => {
  const spec = {
    processes: 3,
    cpus: [0],
    connections: 11,
    idle: 4,
    seed: 1,
  } as unknown as LoadSpec;
  const parts = splitLoad(spec, 7);
  t.strictSame(
    parts.map(({ connections, idle, firstConnection, begin }) => {
      return { connections, idle, firstConnection, begin };
    }),
    [
      { connections: 4, idle: 2, firstConnection: 0, begin: 7 },
      { connections: 4, idle: 1, firstConnection: 6, begin: 7 },
      { connections: 3, idle: 1, firstConnection: 11, begin: 7 },
    ],
  );
  t.notOk(parts.some((part) => 'processes' in part || 'cpus' in part));
});

t.test('2 processes × 2 threads have each connection once', async (t) => {
  const server = await serve(t, 'epoll');
  const load = { connections: 11, idle: 3, repeat: 2, processes: 2, threads: 2 };
  const { rows, windows } = await runLoad(t, server.port, load);
  t.equal(rows.length, 14);
  t.equal(new Set(rows.map((row) => row.localPort)).size, 14);
  const shares = windows.map(({ process, thread, requests }) => {
    const own = rows.filter((row) => row.process === process && row.thread === thread);
    t.equal(
      requests,
      sumOf(own, (row) => row.requests),
    );
    return [own.filter((row) => !row.idle).length, own.filter((row) => row.idle).length];
  });
  t.strictSame(shares, [
    [3, 1],
    [3, 1],
    [3, 1],
    [2, 0],
  ]);
});

t.test('there may be more threads than connections', async (t) => {
  const server = await serve(t, 'epoll');
  const { rows } = await runLoad(t, server.port, { connections: 1, repeat: 2, threads: 3 });
  t.match(rows, [{ requests: 2, failure: '' }]);
});

t.test('abort() interrupts exchanges in progress', async (t) => {
  const server = await serve(t, 'epoll');
  const client = await prepare(t, server.port, {
    connections: 10,
    idle: 5,
    repeat: 0,
    durationNs: 60e9,
    processes: 2,
  });
  await client.start();
  await client.connected();
  await client.go();
  await eventually('traffic flows', async () => (await client.progress()).requests > 100);
  await client.abort();
  await client.drained();
  const { rows } = await client.finish();
  t.strictSame(failuresByKind(rows), { interrupted: 10 });
  t.equal(rows.filter((row) => row.idle).length, 5);
});

t.test('abort() before the barrier opens interrupts the load', async (t) => {
  const server = await serve(t, 'epoll');
  const client = await prepare(t, server.port, { connections: 3 });
  await client.start();
  await client.connected();
  await client.abort();
  await client.drained();
  t.strictSame(failuresByKind((await client.finish()).rows), { interrupted: 3 });
});
