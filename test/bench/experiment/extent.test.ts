/** The number of blocks of a run: the requested number, until it is stable, or until its budget is spent. */
import t from 'tap';
import { ofWholeBlocks, trialsOf } from '../../../bench/experiment/extent.js';
import { type Plan, plan } from '../../../bench/plan/plan.js';
import type { Stopping } from '../../../bench/plan/stopping.js';
import type { TrialRecord } from '../../../bench/record.js';
import { seeded } from '../../../lib/random.js';
import { measurementOf, OPTIONS, ROOMY, recordOf } from '../../support/cells.js';

function planned(stopping: Stopping, servers: readonly string[] = ['epoll', 'poll']): Plan {
  return plan({ ...OPTIONS, servers, trials: 4, stopping }, ROOMY);
}

/** Efficiencies by server, spread evenly by `noise`; a trial takes a second. */
function outcome(figures: Readonly<Record<string, number>>, noise: number) {
  const random = seeded(9);
  return (trial: {
    readonly number: number;
    readonly block: number;
    readonly cell: Plan['cells'][number];
  }) =>
    recordOf(trial.cell, {
      trial: trial.number,
      block: trial.block,
      phases: { startMs: 100, connectMs: 100, acceptMs: 100, trafficMs: 600, finishMs: 100 },
      measurement: measurementOf({
        efficiency: (figures[trial.cell.server] ?? 100) * (1 + noise * (random() - 0.5)),
      }),
    });
}

/** The number of blocks that were run; stops after `most`. */
function blocksOf(plan: Plan, perform: ReturnType<typeof outcome>, most = 60): number {
  const records: TrialRecord[] = [];
  for (const trial of trialsOf(plan, records)) {
    if (trial.block > most) break;
    records.push(perform(trial));
  }
  return Math.max(...records.map(({ block }) => block));
}

/** The same, but with invalid trials of one server: all of them if n is 1, every second one if n is 2. */
function failing(perform: ReturnType<typeof outcome>, server: string, n: 1 | 2): typeof perform {
  return (trial) => {
    const record = perform(trial);
    const valid = trial.cell.server !== server || (n === 2 && trial.block % 2 === 0);
    return { ...record, verdict: { ...record.verdict, valid } };
  };
}

const PAIR = { servers: ['epoll', 'poll'] };
const STABLE: Stopping = { kind: 'stable', share: 0.03 };

const equal = outcome({}, 0.2);
const apart = outcome({ epoll: 150 }, 0.01);

t.test('a run has the requested number of blocks', async (t) => {
  t.equal(blocksOf(planned({ kind: 'blocks' }), equal), 4);
});

t.test('a run is stable when its intervals are narrow, at the first look or later', async (t) => {
  t.equal(blocksOf(planned({ kind: 'stable', share: 0.5 }), outcome({}, 0.001)), 4);
  const blocks = blocksOf(planned({ kind: 'stable', share: 0.05 }), equal);
  t.ok(blocks > 6, `${blocks} blocks`);
});

t.test('a single server is stable once its ratio to the control is', async (t) => {
  const alone = (noise: number) =>
    blocksOf(planned({ kind: 'stable', share: 0.05 }, ['epoll']), outcome({}, noise));
  t.equal(alone(0.001), 4);
  t.ok(alone(0.3) > 4);
});

t.test('a run with a budget ends when every pair is decided', async (t) => {
  t.equal(blocksOf(planned({ kind: 'budget', ns: 3600e9 }), apart), 4);
});

t.test('a run uses its budget while a server of a pair has too few valid trials', async (t) => {
  const ended = blocksOf(planned({ kind: 'budget', ns: 3600e9 }), failing(apart, 'poll', 2));
  t.ok(ended > 4, `${ended} blocks`);
});

t.test('a server without valid trials does not prolong a run with a budget', async (t) => {
  const three = planned({ kind: 'budget', ns: 3600e9 }, ['epoll', 'poll', 'threads']);
  t.equal(blocksOf(three, failing(apart, 'threads', 1)), 4);
});

t.test('two servers are not stable before they can be compared', async (t) => {
  const made = plan({ ...OPTIONS, ...PAIR, trials: 1, stopping: STABLE }, ROOMY);
  t.equal(blocksOf(made, outcome({}, 1e-6)), 3);
});

t.test('a resumed run does not count its remaining trials as spent budget', async (t) => {
  const made = planned({ kind: 'budget', ns: 31e9 });
  const noisy = outcome({ epoll: 102 }, 0.2);
  const done: TrialRecord[] = [];
  for (const trial of trialsOf(made, done))
    if (trial.block <= 7) done.push(noisy(trial));
    else break;
  const blocks = new Set<number>();
  for (const trial of trialsOf(made, done)) {
    blocks.add(trial.block);
    done.push(noisy(trial));
  }
  t.same([...blocks], [8, 9, 10]);
});

t.test('a run with a budget ends when another block would exceed the budget', async (t) => {
  // Two servers and the control take three seconds per block.
  t.equal(blocksOf(planned({ kind: 'budget', ns: 31e9 }), outcome({ epoll: 102 }, 0.2)), 10);
  t.equal(blocksOf(planned({ kind: 'budget', ns: 7e9 }), apart), 2, 'even before the first look');
});

t.test('a resumed run repeats the incomplete block', async (t) => {
  const made = planned({ kind: 'blocks' });
  const all = [...trialsOf(made, [])];
  const done = all.slice(0, 5).map(equal);
  const whole = ofWholeBlocks(made, done);
  t.same(
    whole.map(({ trial }) => trial),
    [1, 2, 3],
  );
  t.same(
    [...trialsOf(made, whole)].map(({ number }) => number),
    [4, 5, 6, 7, 8, 9, 10, 11, 12],
  );
});
