import t from 'tap';
import type { Evidence } from '../../../bench/run/evidence.js';
import { measure } from '../../../bench/run/measure.js';
import type { Stretch } from '../../../bench/run/stretches.js';
import { judge } from '../../../bench/run/verdict.js';
import { counts } from '../../../lib/account/counts.js';
import { NO_TRANSFERS } from '../../../lib/account/transfers.js';
import type { LoadReport } from '../../../lib/load/client.js';
import { cellOf } from '../../support/cells.js';

const SECOND = 1e9;

/** A window of a second from 10 s on, with 1000 requests. */
const LOAD: LoadReport = {
  rows: [],
  transfers: NO_TRANSFERS,
  service: [],
  response: [],
  windows: [
    {
      process: 0,
      secondsStart: 0,
      thread: 0,
      start: 10 * SECOND,
      end: 11 * SECOND,
      requests: 1000,
      payload: 0,
      sent: 0,
      late: 0,
      dropped: 0,
      observedNs: 0,
      userNs: 0,
      systemNs: 0,
      voluntarySwitches: 0,
      involuntarySwitches: 0,
    },
  ],
};

function snapshot(requests: number, userUs: number, systemUs: number) {
  const total = counts({ requests });
  return { total, loops: [], userUs, systemUs, voluntarySwitches: 0, involuntarySwitches: 0 };
}

const EVIDENCE: Evidence = {
  startedAt: new Date(0),
  marks: {},
  load: LOAD,
  trafficStart: snapshot(0, 0, 0),
  trafficEnd: snapshot(1500, 1000, 3000),
  cpuStart: { at: 10 * SECOND, ns: 5 * SECOND },
  cpuEnd: { at: 11 * SECOND, ns: 5.4 * SECOND },
};

function near(actual: number | null | undefined, expected: number): boolean {
  return Math.abs((actual ?? Number.NaN) - expected) < 1e-9 * expected;
}

/** Two readings of the server's CPU clock, and of the requests answered at these instants. */
function windowRead(change: Partial<Stretch> = {}): Evidence {
  const window: Stretch = {
    side: 'server',
    opened: 10 * SECOND,
    from: 10 * SECOND,
    to: 11 * SECOND,
    drained: null,
    connections: 10,
    requests: 1000,
    work: 1000,
    serverNs: 0.4 * SECOND,
    clientNs: 0.2 * SECOND,
    idleNs: null,
    ...change,
  };
  return { ...EVIDENCE, window };
}

t.test('efficiency is the requests of the window by the CPU time of the window', async (t) => {
  const measured = measure(cellOf({ durationNs: SECOND }), windowRead());
  t.ok(near(measured?.efficiency, 2500), `${measured?.efficiency}`);
  t.ok(near(measured?.roles.server?.cpu?.busy, 0.4));
  t.ok(near(measured?.roles.server?.cpu?.userS, 0.1), 'a quarter, as over the whole traffic');
  t.ok(near(measured?.roles.server?.cpu?.systemS, 0.3));
});

t.test('for a late reading, the requests answered until the reading are counted', async (t) => {
  const cell = cellOf({ durationNs: SECOND, start: 'immediate' });
  const late = windowRead({
    to: 11.005 * SECOND,
    requests: 1005,
    work: 1005,
    serverNs: 0.402 * SECOND,
  });
  const measured = measure(cell, late);
  t.ok(near(measured?.efficiency, 2500), `${measured?.efficiency}`);
  t.ok(near(measured?.readingSlipS, 0.005));
  t.same(measured && judge(cell, late, measured, null).problems, []);
});

t.test('a reading later than 1 % of the window makes the trial invalid', async (t) => {
  const cell = cellOf({ durationNs: SECOND, start: 'immediate' });
  const late = windowRead({
    from: 10.24 * SECOND,
    requests: 760,
    work: 760,
    serverNs: 0.304 * SECOND,
  });
  const measured = measure(cell, late);
  t.ok(near(measured?.efficiency, 2500), 'the counted requests match the CPU time');
  t.match(measured && judge(cell, late, measured, null).problems, [
    { kind: 'CPU time read late', figures: { ms: 240 } },
  ]);
});

t.test('efficiency is unknown without CPU time', async (t) => {
  const { cpuEnd, ...unknown } = EVIDENCE;
  const measured = measure(cellOf({ durationNs: SECOND }), unknown);
  t.match(measured, { efficiency: null, roles: { server: { cpu: null } }, throughput: 1000 });
});

t.test('requests that move no payload have no rate in bytes', async (t) => {
  const of = (payload: number) => {
    const windows = LOAD.windows.map((window) => ({ ...window, payload }));
    return measure(cellOf({ service: 'bulk' }), { ...EVIDENCE, load: { ...LOAD, windows } });
  };
  t.match(of(0), { throughput: null, efficiency: null });
  t.match(of(3e6), { throughput: 3e6 });
});
t.test(
  "the client's share of its CPUs is that over the longest window of its threads",
  async (t) => {
    const [window] = LOAD.windows;
    if (!window) throw new Error('no window');
    const windows = [
      { ...window, observedNs: SECOND, userNs: 0.1 * SECOND, systemNs: 0.2 * SECOND },
      { ...window, observedNs: 0.1 * SECOND, userNs: 0.09 * SECOND },
    ];
    const measured = measure(cellOf(), { ...EVIDENCE, load: { ...LOAD, windows } });
    t.ok(near(measured?.clientCpu.busy, 0.39), `${measured?.clientCpu.busy}`);
    t.ok(near(measured?.clientCpu.busiestThread, 0.9));
  },
);
