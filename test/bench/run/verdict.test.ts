import t from 'tap';
import { isInconclusive } from '../../../bench/facts.js';
import { sentences } from '../../../bench/report/text/facts.js';
import { judge } from '../../../bench/run/verdict.js';
import { echoWording } from '../../../bench/services/echo/wording.js';
import type { LoadReport } from '../../../lib/load/client.js';
import { cellOf, measurementOf, rolesOf, slicesOf } from '../../support/cells.js';

const evidence = { startedAt: new Date(0), marks: {} };
const cell = cellOf();
const busy = (measured = measurementOf()) => ({ ...measured.clientCpu, busiestThread: 0.99 });

/** The verdict with its facts in words. */
function judged(...[of, from, measured, error]: Parameters<typeof judge>) {
  const { problems, notes, ...verdict } = judge(of, from, measured, error);
  return {
    ...verdict,
    problems: sentences(problems, echoWording),
    notes: sentences(notes, echoWording),
  };
}

t.test('a trial without problems is valid', async (t) => {
  t.same(judged(cell, evidence, measurementOf(), null), {
    valid: true,
    clientBound: false,
    problems: [],
    notes: [],
  });
});

t.test('failed connections make a trial invalid, counted by kind', async (t) => {
  const measured = measurementOf({ failures: 3, failuresByKind: { refused: 1, short: 2 } });
  const { valid, problems } = judged(cell, evidence, measured, null);
  t.equal(valid, false);
  t.same(problems, ['2 connections failed: short', '1 connection failed: refused']);
});

t.test('a mismatch makes a trial invalid, and the problem names the connection', async (t) => {
  const examples = [{ connection: '127.0.0.1:5', what: 'requests: client 2, server 1' }];
  const measured = measurementOf({
    reconciliation: { compared: 10, mismatches: 1, unknown: 0, examples },
  });
  const { valid, problems } = judged(cell, evidence, measured, null);
  t.equal(valid, false);
  t.match(problems[0], /1 of 10 connections differ.*127\.0\.0\.1:5: requests/);
});

t.test('connections that were never open at the same time make a trial invalid', async (t) => {
  const measured = measurementOf({ peak: { open: 9, accepted: 9 } });
  t.match(judged(cell, evidence, measured, null).problems[0], /only 9 of 10/);
  const immediate = cellOf({ start: 'immediate' });
  t.equal(judged(immediate, evidence, measured, null).valid, true);
});

t.test('a server that did not accept all connections makes a trial invalid', async (t) => {
  const short = { ...evidence, acceptedBeforeGo: { accepted: 4, expected: 10 } };
  t.match(judged(cell, short, measurementOf(), null).problems[0], /accepted 4 of 10/);
});

t.test('other load on the machine is noted', async (t) => {
  const idle = {
    ownS: 0,
    loadAverage: null,
    frequency: null,
    throttling: { periods: 0, seconds: 0 },
  };
  const machineBefore = { ...idle, at: 0, cpu: { busy: 0, idle: 0, steal: 0 } };
  const machineAfter = {
    ...idle,
    at: 10,
    cpu: { busy: 15, idle: 3, steal: 2 },
    throttling: { periods: 4, seconds: 0.5 },
  };
  const notes = (ownCpuS: number | null) =>
    judged(cell, { ...evidence, machineBefore, machineAfter, ownCpuS }, measurementOf(), null)
      .notes;
  const always = [/hypervisor took 10 %/, /quota stopped both sides for 0\.50 s/];
  t.match(notes(11), [always[0], /other programs used 0\.4 CPUs/, always[1]]);
  t.match(notes(14.5), always);
  t.equal(notes(null).length, 2);
});

t.test('a failure of the control makes a trial invalid', async (t) => {
  const rows = ['reset', 'reset', ''].map((failure) => ({ failure }));
  const control = { rows } as unknown as LoadReport;
  t.same(judged(cell, { ...evidence, control }, measurementOf(), null).problems, [
    'the baseline: 2 connections failed: reset',
  ]);
  const { problems } = judged(
    cell,
    { ...evidence, controlDied: 'it ended' },
    measurementOf(),
    null,
  );
  t.same(problems, ['the baseline: it ended']);
  const silent = measurementOf({ slices: { ...slicesOf(1), silent: 2 } });
  t.same(judged(cell, evidence, silent, null).problems, ['2 slices had no answer']);
});

t.test('a trial is inconclusive if the machine or the control caused its problems', async (t) => {
  const late = measurementOf({ readingSlipS: 0.5 });
  const controlDied = { ...evidence, controlDied: 'it ended' };
  const failing = { failures: 1, failuresByKind: { reset: 1 } };
  const inconclusive = (from: typeof evidence, measured = measurementOf()) =>
    isInconclusive(judge(cell, from, measured, null).problems);
  t.equal(inconclusive(evidence, late), true);
  t.equal(inconclusive(controlDied), true);
  t.equal(
    inconclusive(controlDied, measurementOf(failing)),
    false,
    'failed connections are attributed to the server',
  );
  t.equal(inconclusive(evidence, measurementOf({ ...failing, readingSlipS: 0.5 })), false);
  const silent = measurementOf({ slices: { ...slicesOf(1), silent: 2 } });
  t.equal(inconclusive(evidence, silent), false);
  t.equal(
    inconclusive(controlDied, silent),
    true,
    'the death of the control stops the answers of both',
  );
  t.equal(isInconclusive(judge(cell, evidence, late, 'the server died').problems), false);
  t.equal(isInconclusive([]), false);
});

t.test('slices with few round trips are noted', async (t) => {
  const notes = (roundTrips: number) =>
    judged(cell, evidence, measurementOf({ slices: { ...slicesOf(1), roundTrips } }), null).notes;
  t.match(notes(1.05), [/a slice has only 1\.1 round trips/]);
  t.same(notes(10), []);
});

t.test('the reason why a trial broke off is its only problem', async (t) => {
  const measured = measurementOf({ failures: 3, failuresByKind: { interrupted: 3 } });
  t.same(judged(cell, evidence, measured, 'interrupted').problems, ['interrupted']);
  t.equal(judged(cell, evidence, null, 'the server died').valid, false);
});

const SATURATED = {
  ...{ userS: 1, systemS: 1, busy: 0.99 },
  ...{ voluntarySwitches: 0, involuntarySwitches: 0 },
};

t.test('a saturated client is the bottleneck only while the server has CPU to spare', async (t) => {
  const saturated = measurementOf({ clientCpu: busy() });
  t.equal(judged(cell, evidence, saturated, null).clientBound, true);
  t.equal(judged(cell, evidence, saturated, null).valid, true);
  const both = measurementOf({
    clientCpu: busy(),
    roles: rolesOf({ cpu: SATURATED }),
  });
  t.equal(judged(cell, evidence, both, null).clientBound, false);
});

t.test('one loop on four CPUs has no CPU to spare when it keeps one busy', async (t) => {
  const measured = measurementOf({ clientCpu: busy(), roles: rolesOf({ cpu: SATURATED }) });
  const on = (server: string) =>
    cellOf({ servers: [server], serverCpus: [0, 1, 2, 3], clientCpus: [4] });
  t.equal(judged(on('epoll'), evidence, measured, null).clientBound, false);
  t.equal(judged(on('threads'), evidence, measured, null).clientBound, true);
});

t.test('sharing a CPU and an overflowing accept queue are noted', async (t) => {
  const shared = cellOf({ serverCpus: [0], clientCpus: [0] });
  t.match(judged(shared, evidence, measurementOf(), null).notes, ['server and client share a CPU']);
});

t.test('a just-in-time compiled server measured cold is noted', async (t) => {
  const notes = (server: string, window: number) =>
    judged(
      cellOf({ servers: [server] }),
      evidence,
      measurementOf({ requests: { window, total: window, wanted: window } }),
      null,
    ).notes;
  t.match(notes('libuv', 2000), [/measured cold/]);
  t.same(notes('libuv', 200_000), []);
  t.same(notes('epoll', 2000), []);
});
