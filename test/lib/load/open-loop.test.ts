/** Open loop: an absolute schedule, so that a stall shows in every message that it delayed. */
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import {
  type Intervals,
  mergeCounts,
  type SparseCounts,
  valueFromIndex,
} from '../../../lib/load/histogram.js';
import { prepare, sumOf } from '../../support/load.js';
import { serve } from '../../support/server.js';

const CONNECTIONS = 20;
const RATE = 2000;
const SECONDS = 2;
const STALL_MS = 1000;

/** A paced load; something happens to the server while it runs. */
async function paced(
  t: Test,
  meanwhile: (pids: readonly number[]) => Promise<void>,
  change: object = {},
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
  await client.go();
  await meanwhile(server.pids);
  await client.drained();
  const { windows, service, response, rows } = await client.finish();
  const total = (get: (window: (typeof windows)[number]) => number) => sumOf(windows, get);
  return {
    rows,
    scheduled: total(({ sent }) => sent) + total(({ dropped }) => dropped),
    late: total(({ late }) => late),
    dropped: total(({ dropped }) => dropped),
    service: whole(service),
    response: whole(response),
  };
}

/** Stops the server for a second, soon after the traffic has begun: that is the experiment. */
async function pause(pids: readonly number[], afterMs = 300): Promise<void> {
  await sleep(afterMs);
  for (const pid of pids) process.kill(pid, 'SIGSTOP');
  await sleep(STALL_MS);
  for (const pid of pids) process.kill(pid, 'SIGCONT');
}

function whole(intervals: Intervals): SparseCounts {
  return mergeCounts(intervals.map(({ counts }) => counts));
}

/** How many values are above, in ns. */
function above({ index, count }: SparseCounts, ns: number): number {
  return count.reduce((sum, n, i) => (valueFromIndex(index[i] as number) > ns ? sum + n : sum), 0);
}

t.test('all messages of the schedule are accounted for: sent or dropped', async (t) => {
  const { scheduled, rows } = await paced(t, async () => {});
  t.ok(Math.abs(scheduled - RATE * SECONDS) <= CONNECTIONS, `${scheduled} scheduled`);
  t.same(
    rows.filter(({ failure }) => failure !== ''),
    [],
  );
});

t.test('a server paused for a second delays what was due meanwhile, and that shows', async (t) => {
  const { service, response, late } = await paced(t, (pids) => pause(pids));
  const half = (STALL_MS / 2) * 1e6;
  const delayed = (RATE * STALL_MS) / 1000 / 2;
  t.ok(above(response, half) > delayed * 0.8, `${above(response, half)} responses waited`);
  t.ok(above(service, half) <= CONNECTIONS, 'but one message per connection was under way');
  t.ok(late > delayed, `${late} late`);
});

t.test('more than a server can do ends in lateness and drops, not in silence', async (t) => {
  const { scheduled, late, dropped, service, response } = await paced(t, async () => {}, {
    connections: 1,
    intervalNs: 500, // two million a second on one connection
    durationNs: 0.3e9,
  });
  t.ok(Math.abs(scheduled - 600_000) < 1000, `${scheduled} scheduled`);
  t.ok(dropped > 0);
  t.ok(late > 0);
  t.ok(response.max > 10 * service.max || response.max > 100e6, 'response time grows');
});

t.test('poisson arrivals have the same mean and other gaps', async (t) => {
  const { scheduled } = await paced(t, async () => {}, { poisson: true });
  const wanted = RATE * SECONDS;
  t.ok(Math.abs(scheduled - wanted) < 6 * Math.sqrt(wanted), `${scheduled} scheduled`);
  t.not(scheduled, wanted);
});

t.test('a closed loop has no response time besides its service time', async (t) => {
  const { response, service, late, dropped } = await paced(t, async () => {}, {
    intervalNs: 0,
    durationNs: 0.1e9,
  });
  t.ok(service.index.length > 0);
  t.equal(response.index.length, 0);
  t.equal(late + dropped, 0);
});

const CHURN = {
  'a message a connection': { repeat: 1 },
  'two messages a connection': { repeat: 2 },
  'a lifetime': { lifetime: { kind: 'fixed', ns: 300e6 } },
} as const;

for (const [name, change] of Object.entries(CHURN)) {
  t.test(`connections that are replaced keep the schedule: ${name}`, async (t) => {
    const { scheduled } = await paced(t, async () => {}, change);
    t.ok(Math.abs(scheduled - RATE * SECONDS) <= 2 * CONNECTIONS, `${scheduled} scheduled`);
  });
}

t.test('a stall that outlasts a lifetime loses nothing that was due', async (t) => {
  const { scheduled, late } = await paced(t, (pids) => pause(pids), CHURN['a lifetime']);
  t.ok(Math.abs(scheduled - RATE * SECONDS) <= 2 * CONNECTIONS, `${scheduled} scheduled`);
  t.ok(late > (RATE * STALL_MS) / 1000 / 2, `${late} late`);
});

t.test('what the warm-up left behind is not dropped from the window', async (t) => {
  const warmupNs = 500e6;
  const { scheduled } = await paced(t, (pids) => pause(pids, 10), { warmupNs });
  t.ok(Math.abs(scheduled - RATE * SECONDS) <= 2 * CONNECTIONS, `${scheduled} scheduled`);
});
