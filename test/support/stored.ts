/** Synthetic runs, as read from their files; the same every time. */
import { type ExperimentOptions, plan } from '../../bench/plan/plan.js';
import { schedule, type Trial } from '../../bench/plan/schedule.js';
import type { TrialRecord } from '../../bench/record.js';
import type { StoredRun, TrialDetails } from '../../bench/statistics/stored-run.js';
import { counts } from '../../lib/account/counts.js';
import { readEnvironment } from '../../lib/system/environment.js';
import { latencies, measurementOf, OPTIONS, ROOMY, recordOf, rolesOf } from './cells.js';

/** Read once, because it takes longer than making the rest of a run. */
const environment = readEnvironment();

/** Requests per server-CPU-second of each model, at 100 connections. */
const SPEED: Readonly<Record<string, number>> = { epoll: 160_000, poll: 100_000, libuv: 40_000 };

/** In every block, `epoll` beats `poll` and `poll` beats `libuv`, by more than trials differ. */
export function storedRun(
  options: Partial<ExperimentOptions> = {},
  change: (record: TrialRecord, trial: Trial) => TrialRecord = (record) => record,
): StoredRun {
  const made = plan(
    {
      ...OPTIONS,
      servers: ['epoll', 'poll', 'libuv'],
      connections: [100, 1000],
      trials: 5,
      ...options,
    },
    ROOMY,
  );
  const records = schedule(made).map((trial) => change(recordFor(trial), trial));
  return {
    command: ['c10k', '--trials', '5', '--output', '/somewhere/else'],
    startedAt: '2026-01-02T03:04:05.678Z',
    plan: made,
    preset: null,
    ramp: null,
    environment,
    records,
    details: new Map(made.cells.map((cell) => [cell.number, detailsOf(cell.number)])),
  };
}

function recordFor({ number, block, cell }: Trial): TrialRecord {
  const slower = 1 - Math.log10(cell.connections) / 20;
  const efficiency = (SPEED[cell.server] ?? 150_000) * slower * (1 + ((number * 7) % 11) / 500);
  const base = 1e9 / efficiency;
  const latency = latencies(...Array.from({ length: 300 }, (_, i) => base * (100 + i ** 2 / 10)));
  return recordOf(cell, {
    trial: number,
    block,
    measurement: measurementOf({
      efficiency,
      throughput: efficiency * 0.8,
      latency,
      connect: latencies(20_000, 30_000, 50_000),
      firstAnswer: latencies(100_000, 200_000, 300_000),
      roles: rolesOf({
        counts: counts({
          requests: 200,
          callAccept: 0,
          callPeer: 0,
          callReceive: 210,
          callSend: 200,
          callWait: 40,
          callControl: 0,
          callClose: 10,
          callShutdown: 0,
          callThread: 0,
          callStorage: 0,
          storageNs: 0,
        }),
      }),
    }),
  });
}

function detailsOf(number: number): TrialDetails {
  return {
    trial: number,
    seconds: [1000, 1010, 990, 0, 1005].map((requests, second) => ({
      second,
      requests,
      p99Us: requests > 0 ? 500 : null,
    })),
    serviceMeans: Array.from({ length: 50 }, (_, i) => ({ rank: i / 49, value: 100 + i * number })),
    connectionsWithMean: 50,
  };
}
