/** When a run can stop: every pair is decided, or every interval is narrow enough. */
import t from 'tap';
import { plan } from '../../../bench/plan/plan.js';
import type { TrialRecord } from '../../../bench/record.js';
import { isDecided, isStable } from '../../../bench/statistics/stability.js';
import { measurementOf, OPTIONS, ROOMY, recordOf } from '../../support/cells.js';

/** A run without a control, so that a single server has only its throughput. */
function run(figures: Readonly<Record<string, readonly (number | null)[]>>, connections = [10]) {
  const made = plan({ ...OPTIONS, servers: Object.keys(figures), connections }, ROOMY);
  const records = made.cells.flatMap((cell) =>
    (figures[cell.server] ?? []).map((figure, i): TrialRecord => {
      const measurement = measurementOf({ efficiency: figure, throughput: figure });
      const record = recordOf(cell, { block: i + 1, measurement });
      return { ...record, verdict: { ...record.verdict, valid: figure !== null } };
    }),
  );
  return { plan: { ...made, controls: [] }, records };
}

const decided = (...args: Parameters<typeof run>) => {
  const { plan, records } = run(...args);
  return isDecided(plan, records);
};

const stable = (share: number, ...args: Parameters<typeof run>) => {
  const { plan, records } = run(...args);
  return isStable(plan, records, share);
};

const EPOLL = [100, 120, 90, 110, 105];
const POLL = [84, 99.5, 75.5, 91, 88];

t.test('a run is stable if each interval’s half-width is at most the given share', async (t) => {
  // SciPy's paired t interval of these: 1.1874608205054396 to 1.2087977792149798.
  const half = Math.sqrt(1.2087977792149798 / 1.1874608205054396) - 1;
  t.ok(stable(half + 1e-6, { epoll: EPOLL, poll: POLL }));
  t.notOk(stable(half - 1e-6, { epoll: EPOLL, poll: POLL }));
});

t.test('one load that is not stable makes the run not stable', async (t) => {
  t.ok(stable(0.05, { epoll: EPOLL, poll: POLL }, [10, 20]));
  const { plan, records } = run({ epoll: EPOLL, poll: POLL }, [10, 20]);
  const noisy = records.map((record) =>
    record.server === 'poll' && record.connections === 20 && record.block === 1
      ? { ...record, measurement: measurementOf({ efficiency: 10, throughput: 10 }) }
      : record,
  );
  t.notOk(isStable(plan, noisy, 0.05));
});

t.test('a single server is stable by the interval of its throughput', async (t) => {
  // The interval of the median of five values is from the lowest to the highest.
  const values = [100, 101, 102, 103, 104];
  const half = Math.sqrt(1.04) - 1;
  t.ok(stable(half + 1e-9, { epoll: values }));
  t.notOk(stable(half - 1e-9, { epoll: values }));
  t.notOk(stable(0.5, { epoll: [100] }), 'one value has no interval');
});

t.test('a server without valid trials does not prevent a run from being stable', async (t) => {
  t.ok(stable(0.5, { epoll: [null, null, null] }));
  const alone = { epoll: [100, 100.1, 100.2], poll: [null, null, null] };
  t.ok(stable(0.05, alone));
});

t.test('two servers with too few blocks to be compared are not stable', async (t) => {
  t.notOk(stable(0.5, { epoll: [100, 100], poll: [50, 50] }));
});

t.test('a run is decided if every pair is the same or different', async (t) => {
  t.ok(decided({ epoll: EPOLL, poll: POLL }), 'different');
  const near = [100, 101, 100, 99, 100, 100];
  t.ok(decided({ epoll: near, poll: [100, 100, 101, 100, 99, 100] }), 'the same');
  t.notOk(decided({ epoll: [100, 150, 90], poll: [100, 90, 120] }));
  t.notOk(decided({ epoll: EPOLL, poll: POLL, threads: [90, 180, 60, 100, 97] }));
});

t.test('a pair with too few blocks is undecided, and so is a run without pairs', async (t) => {
  t.notOk(decided({ epoll: [100, null, 90], poll: [50, 60, 45] }));
  t.notOk(decided({ epoll: EPOLL }));
  t.notOk(decided({ epoll: EPOLL, poll: [] }));
});
