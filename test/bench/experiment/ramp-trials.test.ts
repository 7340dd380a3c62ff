/** The trials of a ramp: how they are numbered, and which are repeated when it is resumed. */
import t from 'tap';
import { type Ramp, rampTrials } from '../../../bench/experiment/ramp-trials.js';
import { levelKey } from '../../../bench/plan/load-level.js';
import type { Cell } from '../../../bench/plan/plan.js';
import type { Trial } from '../../../bench/plan/schedule.js';
import type { TrialRecord } from '../../../bench/record.js';
import { measurementOf, OPTIONS, ROOMY, recordOf } from '../../support/cells.js';

const SERVERS = ['epoll', 'poll'];
/** Each server holds up to a different level, so that they reach the same loads in different rounds. */
const HOLDS: Readonly<Record<string, number>> = { epoll: 120, poll: 70 };

const RAMP: Ramp = {
  options: { ...OPTIONS, servers: SERVERS, trials: 3 },
  question: {
    ...{ factor: 'connections', servers: SERVERS, from: 10, to: 1000, precision: 0.1 },
    conditions: [],
  },
  machine: ROOMY,
};

function recordFor({ number, block, cell }: Trial): TrialRecord {
  const failures = cell.connections > (HOLDS[cell.server] ?? Number.POSITIVE_INFINITY) ? 3 : 0;
  return recordOf(cell, {
    trial: number,
    block,
    measurement: measurementOf({ failures }),
    verdict: {
      valid: failures === 0,
      clientBound: false,
      problems: [],

      notes: [],
    },
  });
}

interface Ramped {
  readonly cells: readonly Cell[];
  readonly records: readonly TrialRecord[];
}

/** Runs up to `most` trials after `before`. */
function runRamp(before: readonly TrialRecord[] = [], most = Number.POSITIVE_INFINITY): Ramped {
  const cells: Cell[] = [];
  const records = [...before];
  let ran = 0;
  for (const trial of rampTrials(RAMP, cells, records)) {
    if (ran++ >= most) break;
    records.push(recordFor(trial));
  }
  return { cells, records };
}

t.test('trials are numbered consecutively, and no two rounds share a block', async (t) => {
  const { records } = runRamp();
  t.same(
    records.map(({ trial }) => trial),
    records.map((_, i) => i + 1),
  );
  t.ok(records.every(({ block }, i) => block >= (records[i - 1]?.block ?? 1)));
  for (const block of new Set(records.map((record) => record.block))) {
    const own = records.filter((record) => record.block === block);
    t.equal(new Set(own.map(({ cell }) => cell)).size, own.length, `block ${block}`);
  }
});

t.test('each load has one control cell, however many servers reach it', async (t) => {
  const { cells, records } = runRamp();
  const keys = cells.map((cell) => `${cell.server} ${levelKey(cell)}`);
  t.equal(new Set(keys).size, keys.length);
  for (const { server, block, connections } of records)
    if (server !== 'control')
      t.ok(
        records.some(
          (one) =>
            one.server === 'control' && one.block === block && one.connections === connections,
        ),
      );
});

t.test(
  'a resumed ramp repeats the incomplete block and has the same records as an uninterrupted one',
  async (t) => {
    const whole = runRamp();
    const part = runRamp([], 20);
    const rest = runRamp(part.records);
    const inOrder = rest.records.toSorted((a, b) => a.trial - b.trial);
    t.same(inOrder, whole.records);
  },
);

t.test('records of levels that are not in the plan are refused', async (t) => {
  const { records } = runRamp([], 7);
  const moved = records.map((record) => ({ ...record, connections: record.connections + 1 }));
  t.throws(() => runRamp(moved), {
    name: 'UsageError',
    message: /the plan on this machine differs/,
  });
});
