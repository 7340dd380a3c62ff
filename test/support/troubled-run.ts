/**
 * Runs with random problems of every kind: dead servers, skipped models, missing trials, and few blocks;
 * sliced or not, with every stopping rule.
 */
import type { Problem } from '../../bench/facts.js';
import { plan } from '../../bench/plan/plan.js';
import { schedule, type Trial } from '../../bench/plan/schedule.js';
import type { Stopping } from '../../bench/plan/stopping.js';
import type { TrialRecord } from '../../bench/record.js';
import type { StoredRun } from '../../bench/statistics/stored-run.js';
import { seeded } from '../../lib/random.js';
import type { Environment } from '../../lib/system/environment.js';
import { latencies, measurementOf, OPTIONS, ROOMY, recordOf, slicesOf } from './cells.js';

const SERVERS = ['epoll', 'poll', 'threads', 'libuv', 'select'];
const LEVELS = [10, 100, 5000];
const STOPPING: readonly Stopping[] = [
  { kind: 'blocks' },
  { kind: 'budget', ns: 60e9 },
  { kind: 'stable', share: 0.03 },
];
const SLICED = { slices: 'on', durationNs: 1e9, repeat: 0 } as const;

interface Character {
  /** Requests per server-CPU-second. */
  readonly speed: number;
  readonly noise: number;
  /** The probability that a trial is invalid. */
  readonly fails: number;
  readonly starves: boolean;
  readonly clientBound: boolean;
}

export function troubledRun(seed: number, environment: Environment): StoredRun {
  const random = seeded(seed);
  const below = (n: number) => Math.floor(random() * n);
  const chance = (share: number) => random() < share;
  const servers = SERVERS.filter(() => chance(0.7));
  const connections = LEVELS.filter(() => chance(0.6));
  const made = plan(
    {
      ...OPTIONS,
      ...(chance(0.4) ? SLICED : {}),
      stopping: STOPPING[chance(0.6) ? 0 : below(3)] as Stopping,
      servers: servers.length === 0 ? ['epoll'] : servers,
      connections: connections.length === 0 ? [10] : connections,
      trials: 1 + below(7),
    },
    ROOMY,
  );
  const characters = new Map<number, Character>(
    made.cells.map(({ number }) => [
      number,
      {
        speed: 100_000 * (chance(0.4) ? 1 : 0.3 + random()),
        noise: chance(0.3) ? 0.5 : 0.02,
        fails: [0, 0, 0, 0.3, 0.7, 1][below(6)] as number,
        starves: chance(0.1),
        clientBound: chance(0.15),
      },
    ]),
  );
  const controlFails = chance(0.1) ? 0.3 : 0;
  const drift = Array.from({ length: 8 }, () => 0.8 + 0.4 * random());
  const trials = schedule(made);
  // Some runs are interrupted.
  const run = chance(0.25) ? trials.slice(0, below(trials.length + 1)) : trials;
  const records = run.map((trial) => {
    const own = characters.get(trial.cell.number) ?? {
      speed: 1e5,
      noise: 0.02,
      fails: controlFails,
      starves: false,
      clientBound: false,
    };
    return recordFor(trial, own, drift[trial.block] as number, random);
  });
  return {
    command: ['c10k'],
    startedAt: '2026-01-02T03:04:05.678Z',
    ...{ plan: made, preset: null, ramp: null, environment, records, details: new Map() },
  };
}

function recordFor(
  { number, block, cell }: Trial,
  { speed, noise, fails, starves, clientBound }: Character,
  drift: number,
  random: () => number,
): TrialRecord {
  const efficiency = speed * drift * (1 + noise * (random() - 0.5));
  const broken = random() < fails;
  const dead = broken && random() < 0.5;
  const failures = broken && !dead ? 3 : 0;
  const isKnown = random() >= 0.03;
  const beside = efficiency / (1e5 * drift);
  const measurement = measurementOf({
    efficiency: isKnown ? efficiency : null,
    slices: cell.uninterrupted === null ? slicesOf(...(isKnown ? [beside, beside] : [])) : null,
    throughput: efficiency * 0.8,
    latency: latencies(...[1, 2, 3, 4].map((i) => (i * 1e9) / efficiency)),
    starved: starves && !broken ? 2 : 0,
    failures,
    failuresByKind: failures > 0 ? { reset: failures } : {},
  });
  const problems: Problem[] = !broken
    ? []
    : dead
      ? [{ kind: 'broken off', figures: { reason: 'the server died' } }]
      : [
          {
            kind: 'connections failed',
            figures: { of: 'server', failure: 'reset', connections: 3 },
          },
        ];
  return recordOf(cell, {
    ...{ trial: number, block, uninterrupted: cell.uninterrupted },
    measurement: dead ? null : measurement,
    verdict: { valid: !broken, clientBound, problems, notes: [] },
    error: dead ? 'the server died' : null,
  });
}
