/** The notes about a trial, and the bounds above which they are made. */
import t from 'tap';
import type { Measurement } from '../../../bench/record.js';
import type { Evidence } from '../../../bench/run/evidence.js';
import { notesOf } from '../../../bench/run/notes.js';
import { cellOf, latencies, measurementOf, slicesOf } from '../../support/cells.js';

const notes = (measured: Partial<Measurement>, found: Partial<Evidence> = {}, cell = cellOf()) =>
  notesOf(cell, { startedAt: new Date(0), marks: {}, ...found }, measurementOf(measured), false);

const kinds = (...args: Parameters<typeof notes>) => notes(...args).map(({ kind }) => kind);

const answered = (window: number) => ({ requests: { window, total: window, wanted: window } });

t.test('an ordinary trial has no notes', async (t) => {
  t.same(notes({}), []);
  const bound = notesOf(cellOf(), { startedAt: new Date(0), marks: {} }, measurementOf(), true);
  t.same(bound, [{ kind: 'client-bound', figures: { busy: 0.5 } }]);
});

t.test('shared CPUs and more threads than CPUs are noted', async (t) => {
  t.same(kinds({}, {}, cellOf({ serverCpus: [0, 1], clientCpus: [1, 2] })), ['shared CPU']);
  const crowded = cellOf({ clientProcesses: 2, clientThreads: 1, clientCpus: [1] });
  t.same(kinds({}, {}, crowded), ['client threads exceed CPUs']);
  t.same(kinds({}, {}, cellOf({ clientProcesses: 2, clientThreads: 1, clientCpus: [1, 2] })), []);
});

t.test('waiting connections are noted only for a model that serves a few at a time', async (t) => {
  const acceptedBeforeGo = { accepted: 8, expected: 8 };
  const pool = cellOf({ servers: ['thread-pool'] });
  t.match(notes({}, { acceptedBeforeGo }, pool), [{ figures: { served: 8, waiting: 2 } }]);
  t.same(notes({}, { acceptedBeforeGo }), []);
  t.same(notes({}, { acceptedBeforeGo: { accepted: 10, expected: 10 } }, pool), []);
});

t.test(
  'requests under way may differ by 2 %, plus the requests at the ends of the window',
  async (t) => {
    const of = (measured: number, other: Partial<Measurement> = {}) =>
      kinds({ inFlight: { expected: 100, measured }, ...answered(1e9), ...other });
    t.same(of(101.9), []);
    t.same(of(102.1), ['requests under way']);
    t.same(of(97.9), ['requests under way']);
    t.same(of(111.9, answered(1000)), [], 'the ends of the window explain it');
    t.same(of(112.1, answered(1000)), ['requests under way']);
    const slices = { ...slicesOf(1), roundTrips: 4.9 };
    t.same(of(150, { slices }), ['few round trips'], 'the start and the end of a slice explain it');
    t.same(of(150, { slices: { ...slices, roundTrips: 5 } }), ['requests under way']);
  },
);

t.test('few requests are noted unless some failed', async (t) => {
  t.same(kinds(answered(99)), ['few requests']);
  t.same(kinds(answered(100)), []);
  t.same(kinds(answered(0)), []);
  t.same(kinds({ ...answered(99), failures: 1 }), []);
});

t.test('a server that uses CPU time while the other one is measured is noted', async (t) => {
  const slices = { ...slicesOf(1), idleBusy: { server: 0.01, control: 0.02 } };
  t.match(notes({ slices }), [{ figures: { of: 'control', busy: 0.02 } }]);
  t.same(notes({ slices: { ...slices, idleBusy: { server: null, control: null } } }), []);
});

t.test('a low achieved ratio is noted', async (t) => {
  const loop = { serviceTime: latencies(1), asked: 1, achieved: 1, late: 0, dropped: 0 };
  const openLoop = { ...loop, scheduled: 200, sent: 200 };
  t.same(kinds({ openLoop, ...answered(190) }), []);
  t.match(notes({ openLoop, ...answered(188) }), [{ figures: { achievedRatio: 0.94 } }]);
});

t.test('an accept queue overflow is noted only if a handshake was slow', async (t) => {
  const counters = { listenOverflows: 3, retransmittedSegments: 10 };
  const kernel = counters as unknown as Measurement['kernel'];
  t.same(kinds({ kernel, connect: latencies(5e6) }), []);
  t.same(kinds({ kernel, connect: latencies(1e9) }), ['accept queue overflowed']);
  const more = { ...counters, listenOverflows: 0, retransmittedSegments: 11 };
  t.same(kinds({ kernel: more as unknown as Measurement['kernel'] }), ['segments retransmitted']);
});

t.test('sockets in TIME_WAIT, unanswered connections and lost rows are noted', async (t) => {
  t.same(kinds({ timeWaitBefore: 10_000 }), []);
  t.same(kinds({ timeWaitBefore: 10_001 }), ['sockets in TIME_WAIT']);
  t.match(notes({ starved: 2 }), [{ kind: 'connections unanswered', figures: { connections: 2 } }]);
  const reconciliation = { compared: 1, mismatches: 0, unknown: 4, examples: [] };
  t.match(notes({ reconciliation }), [{ kind: 'rows lost', figures: { connections: 4 } }]);
});

t.test('a just-in-time compiler that is still running is noted', async (t) => {
  const libuv = cellOf({ servers: ['libuv'] });
  t.same(kinds(answered(49_999), {}, libuv), ['cold compiler']);
  t.same(kinds(answered(50_000), {}, libuv), []);
  t.same(kinds(answered(49_999), {}, { ...libuv, warmupNs: 1 }), []);
});
