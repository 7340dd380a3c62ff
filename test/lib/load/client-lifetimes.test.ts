/** Connection lifetimes: messages are spread over them, and a duration replaces closed connections. */
import type { Socket } from 'node:net';
import t from 'tap';
import { failuresByKind } from '../../../bench/run/failures.js';
import { mergeCounts } from '../../../lib/account/histogram.js';
import { native } from '../../../lib/native.js';
import { eventually } from '../../support/eventually.js';
import { answering, pretend } from '../../support/liar.js';
import { prepare, runLoad, sumOf } from '../../support/load.js';
import { serve } from '../../support/server.js';

const MS = 1e6;

t.test('messages are spread over the lifetime', async (t) => {
  const arrivals: number[] = [];
  const port = await pretend(
    t,
    answering((chunk, socket) => {
      arrivals.push(native.now());
      socket.write(chunk);
    }),
  );
  const lifetime = { kind: 'fixed', ns: 200 * MS } as const;
  const client = await prepare(t, port, { repeat: 5, lifetime });
  await client.start();
  await client.connected();
  const at = await client.go();
  await client.drained();
  const { rows } = await client.finish();
  t.match(rows, [{ requests: 5, lifetime: 200 * MS, failure: '' }]);
  t.ok((rows[0]?.closed ?? 0) >= at + 200 * MS, 'the connection stays open for its whole lifetime');
  t.equal(arrivals.length, 5);
  t.ok(
    arrivals.every((arrival, i) => arrival >= at + i * 40 * MS),
    'no message is sent before it is due',
  );
});

t.test('random lifetimes stay within their bounds, and differ', async (t) => {
  const server = await serve(t, 'epoll');
  const load = { connections: 30, repeat: 2 };
  const [lowNs, highNs] = [10 * MS, 60 * MS];
  const uniform = await runLoad(t, server.port, {
    ...load,
    lifetime: { kind: 'uniform', lowNs, highNs },
  });
  t.ok(uniform.rows.every((row) => row.lifetime >= lowNs && row.lifetime <= highNs));
  t.ok(uniform.rows.every((row) => row.closed - row.connected >= row.lifetime));
  t.equal(new Set(uniform.rows.map((row) => row.lifetime)).size, 30);

  const exponential = await runLoad(t, server.port, {
    ...load,
    lifetime: { kind: 'exponential', meanNs: 20 * MS },
  });
  const mean = sumOf(exponential.rows, (row) => row.lifetime) / 30;
  t.ok(mean > 5 * MS && mean < 80 * MS, `30 draws around 20 ms: ${mean}`);
  t.equal(new Set(exponential.rows.map((row) => row.lifetime)).size, 30);
});

t.test('without a message count messages are sent until the lifetime ends', async (t) => {
  const server = await serve(t, 'epoll');
  const lifetime = { kind: 'fixed', ns: 50 * MS } as const;
  const { rows } = await runLoad(t, server.port, { connections: 3, repeat: 0, lifetime });
  t.strictSame(failuresByKind(rows), {});
  t.ok(rows.every((row) => row.requestsWanted === row.requests));
  // There is only one message if its echo took as long as the lifetime.
  t.ok(rows.every((row) => row.requests > 1 || row.firstAnswer >= 50 * MS));
  t.ok(rows.every((row) => row.closed - row.connected >= 50 * MS));
});

t.test('closed connections are replaced until the duration ends', async (t) => {
  const server = await serve(t, 'epoll');
  const load = { connections: 5, idle: 2, repeat: 3, durationNs: 600_000 * MS };
  const client = await prepare(t, server.port, load);
  await client.start();
  await client.connected();
  await client.go();
  await eventually(
    '10 are replaced',
    async () => (await client.progress()).connected >= 5 + 2 + 10,
  );
  await client.abort();
  const { rows } = await client.finish();
  t.equal(rows.filter((row) => row.idle).length, 2, 'idle connections are not replaced');
  const interrupted = rows.filter((row) => row.failure === 'interrupted');
  const whole = rows.filter((row) => !row.idle && row.failure === '');
  t.ok(interrupted.length <= 5, 'at most 5 are open at once');
  t.ok(whole.length >= 10 && whole.every((row) => row.requests === 3));
});

t.test('no connection is replaced after the duration has ended', async (t) => {
  const server = await serve(t, 'epoll');
  const client = await prepare(t, server.port, {
    connections: 5,
    repeat: 3,
    durationNs: 300 * MS,
  });
  await client.start();
  await client.connected();
  const at = await client.go();
  await client.drained();
  const { rows } = await client.finish();
  t.strictSame(failuresByKind(rows), {});
  t.ok(rows.every((row) => row.opened < at + 300 * MS));
  const unfinished = rows.filter((row) => row.requests < 3);
  t.ok(unfinished.length <= 5, 'only the last connections are cut short');
});

t.test('with a duration and no message count, connections stay open', async (t) => {
  const arrivals = new Map<Socket, number[]>();
  const port = await pretend(
    t,
    answering((chunk, socket) => {
      arrivals.set(socket, [...(arrivals.get(socket) ?? []), native.now()]);
      socket.write(chunk);
    }),
  );
  const client = await prepare(t, port, {
    connections: 4,
    repeat: 0,
    durationNs: 200 * MS,
    warmupNs: 50 * MS,
  });
  await client.start();
  await client.connected();
  const at = await client.go();
  await client.drained();
  const { rows, windows, service } = await client.finish();
  t.strictSame(failuresByKind(rows), {});
  t.equal(rows.length, 4);
  t.ok(rows.every((row) => row.requestsWanted === row.requests && row.closed >= at + 250 * MS));
  const [window] = windows;
  const [start, end] = [at + 50 * MS, at + 250 * MS];
  t.match(window, { start, end });
  const all = sumOf(rows, (row) => row.requests);
  const measured = window?.requests ?? 0;
  // The answer to a message arrives before the next message of its connection.
  const within = answeredBetween([...arrivals.values()], start, end);
  t.ok(measured >= within, `${measured} are measured, ${within} at least`);
  const before = answeredBetween([...arrivals.values()], at, start);
  t.ok(all - measured >= before, `${all - measured} of ${all} are not, ${before} at least`);
  const recorded = sumOf(service, ({ counts }) => counts.count.reduce((a, b) => a + b, 0));
  t.ok(Math.abs(recorded - measured) <= 2 * 4, `${recorded} are recorded`);
});

/** Lower bound of the answers within the time, from the arrival times of each connection's messages. */
function answeredBetween(arrivals: readonly (readonly number[])[], from: number, to: number) {
  return sumOf(arrivals, (instants) => {
    const pairs = instants.slice(1).map((next, i) => [instants[i] as number, next] as const);
    return pairs.filter(([first, next]) => first >= from && next < to).length;
  });
}

t.test(
  'a message that waits through the whole window has a latency, even if sent before it',
  async (t) => {
    let patient = 0; // the port of the first connection, which is answered after the window
    let isOver = false;
    const held: (() => void)[] = [];
    const port = await pretend(t, (socket, nth) => {
      if (nth === 0) patient = socket.remotePort ?? 0;
      socket.on('data', (chunk) => {
        if (nth > 0 || isOver) socket.write(chunk);
        else held.push(() => socket.write(chunk));
      });
    });
    const wanted = { connections: 2, repeat: 0, durationNs: 200 * MS, warmupNs: 50 * MS };
    const client = await prepare(t, port, wanted);
    await client.start();
    await client.connected();
    const at = await client.go();
    await eventually('the window is over', () => native.now() > at + 250 * MS);
    isOver = true;
    for (const answer of held) answer();
    await client.drained();
    const { rows, service } = await client.finish();
    t.strictSame(failuresByKind(rows), {});
    const { max } = mergeCounts(service.map(({ counts }) => counts));
    const waited = rows.find((row) => row.localPort === patient)?.serviceMax ?? Number.NaN;
    t.ok(max >= waited, `${waited} ns of ${max} ns`);
  },
);

t.test('every service time of a load is recorded', async (t) => {
  const server = await serve(t, 'epoll');
  const { rows, service } = await runLoad(t, server.port, { connections: 5, repeat: 30 });
  t.equal(
    sumOf(service, ({ counts }) => counts.count.reduce((a, b) => a + b, 0)),
    150,
  );
  for (const { serviceMin, serviceMean, serviceMax, firstAnswer } of rows)
    t.ok(
      serviceMin > 0 && serviceMin <= serviceMean && serviceMean <= serviceMax && firstAnswer > 0,
    );
  const max = Math.max(...service.map(({ counts }) => counts.max));
  t.equal(max, Math.max(...rows.map((row) => row.serviceMax)), 'the extremes are exact');
});
