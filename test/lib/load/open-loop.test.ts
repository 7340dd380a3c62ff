/** Open loop: the schedule is absolute, so a stall raises the response time of each delayed message. */
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { failuresByKind } from '../../../bench/run/failures.js';
import { type Intervals, mergeCounts, valueFromIndex } from '../../../lib/account/histogram.js';
import type { Client } from '../../../lib/load/client.js';
import { native } from '../../../lib/native.js';
import type { SparseCounts } from '../../../lib/native-data.js';
import type { Server } from '../../../lib/server/server.js';
import { eventually } from '../../support/eventually.js';
import { prepare, sumOf } from '../../support/load.js';
import { freeze, serve, thaw } from '../../support/server.js';

// The tests mostly wait for their schedules, and use little CPU time.
t.jobs = 4;

const CONNECTIONS = 20;
const RATE = 2000;
const SECONDS = 2;
const STALL_MS = 1000;
/** A connection may have one message more or less at either end of the schedule or of a stall. */
const EDGES = 2 * CONNECTIONS;

/** A span of CLOCK_MONOTONIC, in ns. */
interface Span {
  readonly from: number;
  readonly to: number;
}

const NO_TIME: Span = { from: 0, to: 0 };

/** A paced load; `meanwhile` disturbs the server while it runs and returns the disturbed time span. */
async function paced(
  t: Test,
  change: object = {},
  meanwhile: (server: Server, client: Client) => Promise<Span> = async () => NO_TIME,
) {
  const server = await serve(t, 'epoll');
  const client = await prepare(t, server.port, {
    connections: CONNECTIONS,
    repeat: 0,
    durationNs: SECONDS * 1e9,
    intervalNs: (CONNECTIONS / RATE) * 1e9,
    ...change,
  });
  await client.start();
  await client.connected();
  const at = await client.go();
  const { from, to } = await meanwhile(server, client);
  await client.drained();
  const { windows, service, response, rows } = await client.finish();
  const total = (get: (window: (typeof windows)[number]) => number) => sumOf(windows, get);
  return {
    failures: failuresByKind(rows),
    stalled: { from, to: Math.min(to, at + SECONDS * 1e9) },
    sent: total(({ sent }) => sent),
    scheduled: total(({ sent }) => sent) + total(({ dropped }) => dropped),
    late: total(({ late }) => late),
    dropped: total(({ dropped }) => dropped),
    service: whole(service),
    response: whole(response),
  };
}

/** Stops the server for a second. */
async function stall(server: Server): Promise<Span> {
  await freeze(server);
  const from = native.now();
  await sleep(STALL_MS);
  const to = native.now();
  thaw(server);
  return { from, to };
}

/** Stops the server for a second once traffic flows. */
async function stallInTraffic(server: Server, client: Client): Promise<Span> {
  await eventually('traffic flows', async () => (await client.progress()).requests > 100);
  return stall(server);
}

/** The minimum number of messages due within the time. */
function dueWithin({ from, to }: Span): number {
  return (RATE * (to - from)) / 1e9 - EDGES;
}

function whole(intervals: Intervals): SparseCounts {
  return mergeCounts(intervals.map(({ counts }) => counts));
}

/** The number of values above a limit in ns. */
function above({ index, count }: SparseCounts, ns: number): number {
  return count.reduce((sum, n, i) => (valueFromIndex(index[i] as number) > ns ? sum + n : sum), 0);
}

t.test('all messages of the schedule are accounted for: sent or dropped', async (t) => {
  const { scheduled, failures } = await paced(t);
  t.ok(Math.abs(scheduled - RATE * SECONDS) <= EDGES, `${scheduled} scheduled`);
  t.strictSame(failures, {});
});

t.test('messages due while the server is paused have longer response times', async (t) => {
  const { service, response, late, dropped, stalled } = await paced(t, {}, stallInTraffic);
  const half = (STALL_MS / 2) * 1e6;
  // Messages not sent when the window ends are dropped.
  const waited = above(response, half) + dropped;
  const delayed = dueWithin({ from: stalled.from, to: stalled.to - half });
  t.ok(waited >= delayed, `${waited} waited, of ${delayed} at least`);
  t.ok(above(service, half) <= waited / 10, 'only one message per connection was outstanding');
  t.ok(late + dropped >= dueWithin(stalled), `${late} late, ${dropped} dropped`);
});

t.test('a rate above the server’s capacity shows as late and dropped messages', async (t) => {
  const [durationNs, intervalNs] = [0.3e9, 500]; // two million a second on one connection
  const load = { connections: 1, intervalNs, durationNs };
  const { scheduled, sent, late, dropped, response } = await paced(t, load);
  t.ok(Math.abs(scheduled - durationNs / intervalNs) < 1000, `${scheduled} scheduled`);
  t.ok(dropped > 0);
  const onTime = 1e6 / intervalNs; // due in the first millisecond
  t.ok(late >= sent - onTime, `${late} of ${sent} late`);
  const slowest = sent > 0 ? durationNs - sent * intervalNs : 0;
  t.ok(response.max >= slowest, 'response time grows');
});

t.test('Poisson arrivals have the same mean and different intervals', async (t) => {
  const { scheduled } = await paced(t, { poisson: true });
  const wanted = RATE * SECONDS;
  t.ok(Math.abs(scheduled - wanted) < 6 * Math.sqrt(wanted), `${scheduled} scheduled`);
  t.ok(Math.abs(scheduled - wanted) > CONNECTIONS, `${scheduled} scheduled`);
});

t.test('a closed loop has only service times, no response times', async (t) => {
  const closed = { intervalNs: 0, durationNs: 0, repeat: 5 };
  const { response, service, late, dropped } = await paced(t, closed);
  t.ok(service.index.length > 0);
  t.equal(response.index.length, 0);
  t.equal(late + dropped, 0);
});

const CHURN = {
  'one message per connection': { repeat: 1 },
  'two messages per connection': { repeat: 2 },
  'a lifetime': { lifetime: { kind: 'fixed', ns: 300e6 } },
} as const;

for (const [name, change] of Object.entries(CHURN)) {
  t.test(`connections that are replaced keep the schedule: ${name}`, async (t) => {
    const { scheduled, failures } = await paced(t, change);
    t.ok(Math.abs(scheduled - RATE * SECONDS) <= EDGES, `${scheduled} scheduled`);
    t.strictSame(failures, {});
  });

  t.test(`messages due on replaced connections during a stall are not lost: ${name}`, async (t) => {
    const { scheduled, late, dropped, stalled } = await paced(t, change, stallInTraffic);
    t.ok(Math.abs(scheduled - RATE * SECONDS) <= EDGES, `${scheduled} scheduled`);
    t.ok(late + dropped >= dueWithin(stalled), `${late} late, ${dropped} dropped`);
  });
}

t.test('messages left over from the warm-up do not count as dropped in the window', async (t) => {
  const { scheduled } = await paced(t, { warmupNs: 500e6 }, stall);
  t.ok(Math.abs(scheduled - RATE * SECONDS) <= EDGES, `${scheduled} scheduled`);
});

t.test('the latency of an interrupted message ends then, not at the planned end', async (t) => {
  const durationNs = 36_000e9;
  const { response, failures } = await paced(t, { durationNs }, async (server, client) => {
    await eventually('traffic flows', async () => (await client.progress()).requests > 100);
    await freeze(server);
    await sleep(STALL_MS);
    await client.abort();
    thaw(server);
    return NO_TIME;
  });
  t.ok((failures.interrupted ?? 0) > 0);
  t.ok(above(response, (STALL_MS / 2) * 1e6) > 0);
  t.equal(above(response, durationNs / 2), 0);
});
