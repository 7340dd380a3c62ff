/** The result of a ramp in a sentence. */
import t from 'tap';
import { outcomeOf } from '../../../../bench/report/text/ramp.js';
import { echoWording } from '../../../../bench/services/echo/wording.js';
import type { RampResult, TriedLevel } from '../../../../bench/statistics/ramp-result.js';

const LOAD = { unit: 'connections', single: 'connection' };

function tried(
  level: number,
  held: number,
  trials = 3,
  more: Partial<TriedLevel> = {},
): TriedLevel {
  return { level, held, trials, outcome: 'judged', leftOut: 0, ...more };
}

function result(change: Partial<RampResult>): RampResult {
  const nothing = { held: 0, low: 0, high: null, tried: [], broken: null };
  return { server: 'epoll', ...nothing, ...change };
}

const broken = (level: number, trial: number | null = 4): NonNullable<RampResult['broken']> => ({
  ...{ level, trial, breach: { kind: 'no valid trial' }, cause: null },
});

const outcome = (change: Partial<RampResult>) => outcomeOf(result(change), LOAD, echoWording);

t.test('a server that holds every level has no breaking level', async (t) => {
  t.equal(
    outcome({ held: 1, tried: [tried(1, 1, 1)] }),
    'holds 1 connection, the highest level tried',
    'a single trial has no uncertainty range',
  );
  t.equal(
    outcome({ held: 2000, low: 2000, tried: [tried(1000, 3), tried(2000, 3)] }),
    'holds 2,000 connections, the highest level tried (2,000 held in all 3 trials)',
  );
});

t.test('the sentence states what breaks the next level, in which trial, and why', async (t) => {
  const single = { held: 10, tried: [tried(10, 1, 1), tried(2000, 0, 1)] };
  t.equal(
    outcome({ ...single, broken: { ...broken(2000), cause: { kind: 'client CPU' } } }),
    "holds 10 connections; at 2,000, trial 4: no valid trial (the client's CPU, not the server's)",
  );
  t.equal(
    outcome({ tried: [tried(10, 0, 1)], broken: broken(10, null) }),
    'holds no level; at 10: no valid trial',
  );
});

t.test('levels whose trials disagree are named with the numbers of trials', async (t) => {
  const levels = [tried(10, 3), tried(15, 0), tried(20, 2), tried(30, 1), tried(40, 0)];
  const found = { held: 20, low: 10, high: 40, tried: levels, broken: broken(30) };
  t.match(
    outcome(found),
    'holds 20 connections (10 held in all 3 trials; 15 did not hold in any of 3 trials; 40 did not hold in any of 3 trials); at 30, trial 4',
  );
  t.match(outcome({ ...found, low: 0 }), '(no level held in all its trials; 15');
  t.match(
    outcome({ ...found, high: null, tried: levels.slice(0, 4) }),
    '; 30 held in 1 of 3 trials)',
  );
});

t.test('inconclusive trials are omitted', async (t) => {
  const levels = [tried(10, 1, 1, { leftOut: 2 }), tried(20, 0, 3, { outcome: 'impossible' })];
  t.match(
    outcome({ held: 10, low: 10, high: 20, tried: levels, broken: broken(20, null) }),
    '(10 held in the one trial that could be judged; 20 is not possible)',
  );
});

t.test('a server without conclusive trials is not reported as holding no level', async (t) => {
  const unknown = tried(10, 0, 3, { outcome: 'inconclusive' });
  t.equal(
    outcome({ tried: [unknown], broken: broken(10, null) }),
    'could not be judged; at 10: no valid trial',
  );
});
