/** How long connections live: lifetimes that spread the messages, and durations that replace the closed. */
import t from 'tap';
import { distribution, mergeCounts } from '../../../lib/load/histogram.js';
import { native } from '../../../lib/native.js';
import { answering, pretend } from '../../support/liar.js';
import { failuresOf, prepare, runLoad, sumOf } from '../../support/load.js';
import { serve } from '../../support/server.js';

const MS = 1e6;

t.test('messages are spread over a lifetime', async (t) => {
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
  t.ok((rows[0]?.closed ?? 0) >= at + 200 * MS, 'it lives to the end of its time');
  t.equal(arrivals.length, 5);
  t.ok(
    arrivals.every((arrival, i) => arrival >= at + i * 40 * MS),
    'none comes before its time',
  );
});

t.test('drawn lifetimes keep to their bounds, and differ', async (t) => {
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

t.test('a lifetime without a number of messages is filled with them', async (t) => {
  const server = await serve(t, 'epoll');
  const lifetime = { kind: 'fixed', ns: 50 * MS } as const;
  const { rows } = await runLoad(t, server.port, { connections: 3, repeat: 0, lifetime });
  t.strictSame(failuresOf(rows), {});
  t.ok(rows.every((row) => row.requests > 1 && row.requestsWanted === row.requests));
  t.ok(rows.every((row) => row.closed - row.connected >= 50 * MS));
});

t.test('closed connections are replaced while a duration lasts', async (t) => {
  const server = await serve(t, 'epoll');
  const client = await prepare(t, server.port, {
    connections: 5,
    idle: 2,
    repeat: 3,
    durationNs: 300 * MS,
  });
  await client.start();
  await client.connected();
  const at = await client.go();
  await client.drained();
  const { rows } = await client.finish();
  const busy = rows.filter((row) => !row.idle);
  t.strictSame(failuresOf(rows), {});
  t.equal(rows.length - busy.length, 2, 'idle ones are not');
  t.ok(busy.length > 10, `${busy.length} in place of 5`);
  t.ok(busy.every((row) => row.opened < at + 300 * MS));
  const unfinished = busy.filter((row) => row.requests < 3);
  t.ok(unfinished.length <= 5, 'only the last ones are cut short');
});

t.test('a duration without a number of messages keeps the connections', async (t) => {
  const server = await serve(t, 'epoll');
  const client = await prepare(t, server.port, {
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
  t.strictSame(failuresOf(rows), {});
  t.equal(rows.length, 4);
  t.ok(rows.every((row) => row.requestsWanted === row.requests && row.closed >= at + 250 * MS));
  const [window] = windows;
  t.ok(window && window.start >= at + 50 * MS && window.end >= at + 250 * MS);
  const all = sumOf(rows, (row) => row.requests);
  const measured = window?.requests ?? 0;
  t.ok(measured > 0 && measured < all, `the warm-up isn't measured: ${measured} of ${all}`);
  const recorded = sumOf(service, ({ counts }) => counts.count.reduce((a, b) => a + b, 0));
  t.ok(recorded < all && recorded > 0 && Math.abs(recorded - measured) <= 2 * 4);
});

t.test(
  'who waits through the whole window is in the latencies, sent before it or not',
  async (t) => {
    const port = await pretend(t, (socket, nth) => {
      // The first connection is answered when the window has long been over, and then at once.
      let delay = nth === 0 ? 500 : 0;
      socket.on('data', (chunk) => {
        setTimeout(() => socket.write(chunk), delay);
        delay = 0;
      });
    });
    const wanted = { connections: 2, repeat: 0, durationNs: 200 * MS, warmupNs: 50 * MS };
    const { rows, service } = await runLoad(t, port, wanted);
    t.strictSame(failuresOf(rows), {});
    const { max } = distribution(mergeCounts(service.map(({ counts }) => counts)));
    t.ok(max >= 490_000, `the slowest took ${max} µs`);
  },
);

t.test('every service time of a load is recorded', async (t) => {
  const server = await serve(t, 'epoll');
  const { rows, service } = await runLoad(t, server.port, { connections: 5, repeat: 30 });
  t.equal(
    sumOf(service, ({ counts }) => counts.count.reduce((a, b) => a + b, 0)),
    150,
  );
  for (const { serviceMin, serviceMean, serviceMax, firstEcho } of rows)
    t.ok(serviceMin > 0 && serviceMin <= serviceMean && serviceMean <= serviceMax && firstEcho > 0);
  const max = Math.max(...service.map(({ counts }) => counts.max));
  t.equal(max, Math.max(...rows.map((row) => row.serviceMax)), 'the extremes are exact');
});
