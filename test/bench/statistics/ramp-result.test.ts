import pc from 'picocolors';
import t from 'tap';
import type { Cell } from '../../../bench/plan/plan.js';
import type { TrialRecord } from '../../../bench/record.js';
import { rampLines } from '../../../bench/report/terminal/ramp.js';
import { echo } from '../../../bench/services/echo/echo.js';
import { type RampResult, rampResults } from '../../../bench/statistics/ramp-result.js';
import { cellOf, measurementOf, recordOf } from '../../support/cells.js';

const QUESTION = {
  servers: ['epoll', 'poll', 'select', 'thread-pool'],
  factor: 'connections',
  conditions: [],
  from: 1,
  to: 1000,
  precision: 0.1,
} as const;

/** One trial per level, with its efficiency. */
function tried(
  ...levels: readonly (readonly [server: string, level: number, efficiency: number])[]
) {
  const cells = levels.map(([server, level], i) => ({
    ...cellOf({ servers: [server], connections: [level] }),
    number: i + 1,
  }));
  const records = levels.map(([, , efficiency], i) =>
    recordOf(cells[i] as Cell, { measurement: measurementOf({ efficiency }) }),
  );
  return { cells, records };
}

t.test('levels are judged in ascending order, whatever the order of the trials', async (t) => {
  const { cells, records } = tried(
    ['epoll', 400, 50],
    ['epoll', 100, 100],
    ['epoll', 200, 90],
    ['poll', 100, 30],
    ['epoll', 300, 60],
  );
  const [epoll, poll] = rampResults({ cells }, records, QUESTION);
  t.match(epoll, {
    server: 'epoll',
    tried: [{ level: 100, held: 1 }, { level: 200 }, { level: 300, held: 0 }, { level: 400 }],
    held: 200,
    broken: { level: 300, breach: { kind: 'efficiency', loss: 0.4 } },
  });
  t.match(poll, { server: 'poll', held: 100, broken: null }, 'compared only with itself');
});

t.test('a server that holds no level breaks at the lowest', async (t) => {
  const { cells } = tried(['select', 100, 1], ['select', 50, 1]);
  const obstacle = { kind: 'a queue for each worker' } as const;
  const skipped = cells.map((cell) => ({ ...cell, skipped: obstacle }));
  const [select] = rampResults({ cells: skipped }, [], QUESTION);
  t.match(select, {
    held: 0,
    broken: { level: 50, breach: { kind: 'not possible', obstacle } },
  });
});

t.test('an interrupted trial does not count for its level', async (t) => {
  const { cells, records } = tried(['epoll', 100, 100], ['epoll', 200, 90]);
  const interrupted = records.map((record, i) => ({
    ...record,
    ...(i === 1 ? { error: 'interrupted' } : {}),
  }));
  const [epoll] = rampResults({ cells }, interrupted, QUESTION);
  t.match(epoll, { held: 100, broken: null });
  t.equal(epoll?.tried.length, 1);
});

t.test('a level with connections that a pool never serves is not held', async (t) => {
  const { cells, records } = tried(
    ['thread-pool', 4, 90],
    ['thread-pool', 8, 90],
    ['thread-pool', 16, 90],
  );
  const measured = [0, 0, 8].map((starved) => measurementOf({ starved, efficiency: 90 }));
  const starving = records.map((record, i) => ({ ...record, measurement: measured[i] ?? null }));
  const [pool] = rampResults({ cells }, starving, QUESTION);
  const broken = {
    level: 16,
    breach: { kind: 'starved', starved: 8, connections: 16 },
  };
  t.match(pool, { held: 8, broken });
});

t.test('a trial that the machine invalidated is inconclusive', async (t) => {
  const { cells, records } = tried(['epoll', 100, 100], ['epoll', 200, 90]);
  const [first, second] = records.map((record) => ({ ...record, block: 1 }));
  const problems = [{ kind: 'CPU time read late', figures: { ms: 3 } }];
  const verdict = { ...first?.verdict, valid: false, problems };
  const spoiled = (record = second) => ({ ...record, block: 2, verdict }) as TrialRecord;
  const some = [first, second, spoiled()] as TrialRecord[];
  const [held] = rampResults({ cells }, some, QUESTION);
  t.match(held, { held: 200, low: 200, broken: null });
  const all = [first, { ...first, block: 2 }, spoiled(), spoiled()] as TrialRecord[];
  const [unknown] = rampResults({ cells }, all, QUESTION);
  t.match(unknown, {
    held: 100,
    tried: [{ outcome: 'judged' }, { outcome: 'inconclusive', held: 0 }],
    broken: { level: 200, breach: { kind: 'CPU time read late' } },
  });
  const said = rampLines([unknown as RampResult], 'connections', echo, pc.createColors(false));
  t.match(
    said,
    /100 held in all 2 trials; 200 could not be judged in any trial\); at 200, trial 1: the server's CPU time was read 3\.0 ms late/,
  );
});

t.test('lower levels that never held, or with fewer judged trials, are named', async (t) => {
  const levels = [
    [100, [true, true, true]],
    [200, [false, false, false]],
    [300, [true, true, false]],
    [400, [false, true, false]],
  ] as const;
  const { cells } = tried(...levels.map(([level]) => ['epoll', level, 1] as const));
  const records = levels.flatMap(([, outcomes], i) =>
    outcomes.map((holds, block) => ({
      ...recordOf(cells[i] as Cell, {
        measurement: measurementOf(
          holds ? { efficiency: 100 } : { failures: 1, failuresByKind: { reset: 1 } },
        ),
      }),
      trial: 3 * i + block + 1,
      block: block + 1,
    })),
  );
  const verdictOf = (of: TrialRecord) => ({
    ...of.verdict,
    valid: of.measurement?.failures === 0,
  });
  const [epoll] = rampResults(
    { cells },
    records.map((record) => ({ ...record, verdict: verdictOf(record) })),
    QUESTION,
  );
  t.match(
    rampLines([epoll as RampResult], 'connections', echo, pc.createColors(false)),
    /^epoll holds 300 connections \(100 held in all 3 trials; 200 did not hold in any of 3 trials; 400 held in 1 of 3 trials\); at 400, trial 10: /,
  );
});
