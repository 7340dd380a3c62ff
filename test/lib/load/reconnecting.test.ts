/** Clients that reconnect, after a number of requests or to retry after a failure. */
import t from 'tap';
import { failuresByKind } from '../../../bench/run/failures.js';
import { native } from '../../../lib/native.js';
import { bulk, serveBulk } from '../../support/bulk.js';
import { eventually } from '../../support/eventually.js';
import { HOST } from '../../support/host.js';
import { answering, pretend } from '../../support/liar.js';
import { prepare, runLoad, sumOf } from '../../support/load.js';
import { accepted, closed, countsOf, serve } from '../../support/server.js';

const CLIENTS = 4;
const REPEAT = 10;
const MS = 1e6;

for (const [perConnection, perClient] of [
  [1, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]],
  [3, [3, 3, 3, 1]],
  [10, [10]],
] as const) {
  t.test(`a client opens a new connection after ${perConnection} requests`, async (t) => {
    const server = await serve(t, 'epoll');
    const load = { connections: CLIENTS, repeat: REPEAT, perConnection };
    const { rows, windows } = await runLoad(t, server.port, load, () => accepted(server, CLIENTS));
    t.strictSame(failuresByKind(rows), {});
    const each = rows.map((row) => row.requests);
    t.strictSame(
      each.toSorted(),
      Array.from({ length: CLIENTS }, () => perClient)
        .flat()
        .toSorted(),
    );
    t.ok(rows.every((row) => row.requestsWanted === row.requests && !row.retried));
    t.equal(windows[0]?.requests, CLIENTS * REPEAT);
    await closed(server, rows.length);
    const { accepts, requests } = await countsOf(server);
    t.strictSame([accepts, requests], [rows.length, CLIENTS * REPEAT]);
  });
}

t.test('with one connection per request, latency counts from connect()', async (t) => {
  const server = await serve(t, 'epoll');
  const load = { connections: 1, repeat: 5, perConnection: 1 };
  const { rows } = await runLoad(t, server.port, load);
  t.equal(rows.length, 5);
  t.ok(rows.every((row) => row.serviceMean === row.firstAnswer));
  for (const row of rows.slice(1)) t.ok(row.serviceMin >= row.connected - row.opened);
});

t.test('a client that finishes after several connections is replaced', async (t) => {
  const server = await serve(t, 'epoll');
  const client = await prepare(t, server.port, {
    ...{ connections: 2, repeat: 3, perConnection: 2, durationNs: 600_000 * MS },
  });
  await client.start();
  await client.connected();
  await client.go();
  await eventually('some are replaced', async () => (await client.progress()).requests >= 30);
  await client.abort();
  const { rows } = await client.finish();
  const whole = rows.filter((row) => row.failure === '');
  t.ok(whole.every((row) => row.requests === row.requestsWanted));
  t.strictSame(new Set(whole.map((row) => row.requests)), new Set([1, 2]));
});

t.test('messages keep their schedule across connections', async (t) => {
  const server = await serve(t, 'epoll');
  const lifetime = { kind: 'fixed', ns: 100 * MS } as const;
  const load = { connections: 2, repeat: 4, perConnection: 1, lifetime };
  const { rows } = await runLoad(t, server.port, load);
  t.strictSame(failuresByKind(rows), {});
  t.equal(rows.length, 8);
  const opened = rows.map((row) => row.opened);
  t.ok(Math.max(...opened) - Math.min(...opened) >= 75 * MS, 'the last is due after 75 ms');
});

t.test('a client whose connection is reset retries its request on a new connection', async (t) => {
  const port = await pretend(t, (socket, nth) => {
    if (nth < CLIENTS) socket.on('data', () => socket.resetAndDestroy());
    else socket.pipe(socket);
  });
  const client = await prepare(t, port, { connections: CLIENTS, repeat: 2, retries: 3 });
  await client.start();
  await client.connected();
  await client.go();
  await client.drained();
  const { failures, retries } = await client.progress();
  t.strictSame({ failures, retries }, { failures: 0, retries: CLIENTS });
  const { rows } = await client.finish();
  t.strictSame(failuresByKind(rows), {});
  const [failed, served] = [true, false].map((retried) =>
    rows.filter((row) => row.retried === retried),
  );
  t.strictSame(
    failed?.map(({ failure, requests, requestsWanted }) => [failure, requests, requestsWanted]),
    Array.from({ length: CLIENTS }, () => ['reset', 0, 0]),
  );
  t.strictSame(
    served?.map(({ failure, requests, requestsWanted }) => [failure, requests, requestsWanted]),
    Array.from({ length: CLIENTS }, () => ['', 2, 2]),
  );
});

t.test('a client fails when its retries are used up', async (t) => {
  const { fd, port } = native.listen(HOST, 0, 1);
  native.close(fd);
  const client = await prepare(t, port, { connections: CLIENTS, repeat: 2, retries: 2 });
  await client.start();
  await client.connected(); // the barrier waits for the last retry
  const { failures, retries } = await client.progress();
  t.strictSame({ failures, retries }, { failures: CLIENTS, retries: 2 * CLIENTS });
  await client.go();
  await client.drained();
  const { rows } = await client.finish();
  t.equal(rows.length, 3 * CLIENTS);
  t.ok(rows.every((row) => row.failure === 'refused'));
  t.strictSame(failuresByKind(rows), { refused: CLIENTS });
  t.equal(
    sumOf(rows, (row) => row.requestsWanted),
    2 * CLIENTS,
  );
});

t.test('an answer resets the number of retries', async (t) => {
  let asked = 0;
  const port = await pretend(
    t,
    answering((chunk, socket) => {
      if (asked++ % 2 === 0) socket.resetAndDestroy();
      else socket.write(chunk);
    }),
  );
  const { rows } = await runLoad(t, port, { repeat: 3, retries: 1 });
  t.strictSame(failuresByKind(rows), {});
  t.strictSame(
    rows.map((row) => row.retried),
    [true, true, true, false],
  );
});

t.test('a rejected request may be retried, a corrupt answer may not', async (t) => {
  const busy = await pretend(t, (socket, nth) => {
    if (nth === 0) socket.once('data', () => socket.end('ERROR busy\n'));
    else serveBulk(socket);
  });
  const load = { retries: 5, protocol: bulk('get', 1000) };
  const { rows } = await runLoad(t, busy, load);
  t.match(rows, [
    { failure: 'rejected', retried: true },
    { failure: '', requests: 1 },
  ]);
  const wrong = await pretend(
    t,
    answering((_, socket) => socket.write('no\n')),
  );
  t.strictSame(failuresByKind((await runLoad(t, wrong, load)).rows), { corrupt: 1 });
});

t.test('an idle connection that is closed is reopened', async (t) => {
  const port = await pretend(t, (socket, nth) => {
    if (nth === 0) socket.resetAndDestroy();
  });
  const client = await prepare(t, port, { connections: 0, idle: 1, retries: 5 });
  await client.start();
  await eventually('it is open again', async () => (await client.progress()).retries === 1);
  await eventually('it is open again', async () => (await client.progress()).open === 1);
  await client.abort();
  t.strictSame(failuresByKind((await client.finish()).rows), {});
});

t.test('a client that waits to retry doesn’t delay the end of the traffic', async (t) => {
  const { fd, port } = native.listen(HOST, 0, 1);
  native.close(fd);
  const wanted = { repeat: 0, durationNs: 300 * MS, retries: 1000, barrier: false };
  const { rows } = await runLoad(t, port, wanted);
  t.ok(rows.length > 1 && rows.every((row) => row.retried));
});
