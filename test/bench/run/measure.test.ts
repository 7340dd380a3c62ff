import t from 'tap';
import type { Evidence } from '../../../bench/run/evidence.js';
import { measure } from '../../../bench/run/measure.js';
import { judge } from '../../../bench/run/verdict.js';
import type { LoadReport } from '../../../lib/load/client.js';
import { counts } from '../../../lib/server/counts.js';
import { cellOf } from '../../support/cells.js';

const SECOND = 1e9;

/** A window of a second from 10 s on, with 1000 requests. */
const LOAD: LoadReport = {
  rows: [],
  service: [],
  response: [],
  windows: [
    {
      process: 0,
      thread: 0,
      start: 10 * SECOND,
      end: 11 * SECOND,
      requests: 1000,
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

t.test('efficiency is the requests of the window by the CPU time of the window', async (t) => {
  const measured = measure(cellOf({ durationNs: SECOND }), EVIDENCE);
  t.ok(near(measured?.efficiency, 2500), `${measured?.efficiency}`);
  t.ok(near(measured?.serverCpu?.busy, 0.4));
  t.ok(near(measured?.serverCpu?.userS, 0.1), 'a quarter, as in the whole traffic');
  t.ok(near(measured?.serverCpu?.systemS, 0.3));
});

t.test('CPU time that was read over a longer time counts as so much longer', async (t) => {
  const late = { ...EVIDENCE, cpuEnd: { at: 11.1 * SECOND, ns: 5.44 * SECOND } };
  const measured = measure(cellOf({ durationNs: SECOND }), late);
  t.ok(near(measured?.efficiency, 2500), `${measured?.efficiency}`);
  t.same(measured && judge(cellOf({ durationNs: SECOND }), late, measured, null).problems, [
    'only 0 of 10 connections were open at once',
  ]);
});

t.test('CPU time that was read over half of the window is no figure of it', async (t) => {
  const cell = cellOf({ durationNs: SECOND, start: 'immediate' });
  const late = { ...EVIDENCE, cpuStart: { at: 10.6 * SECOND, ns: 5.24 * SECOND } };
  const measured = measure(cell, late);
  t.match(measured && judge(cell, late, measured, null).problems, [/read over 0\.40 s.*1\.00 s/]);
});

t.test('without CPU time there is no efficiency', async (t) => {
  const { cpuEnd, ...unknown } = EVIDENCE;
  const measured = measure(cellOf({ durationNs: SECOND }), unknown);
  t.match(measured, { efficiency: null, serverCpu: null, throughput: 1000 });
});
