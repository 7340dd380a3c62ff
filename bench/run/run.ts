/** Runs the trials one after the other and makes their records. */

import type { ServerRow } from '../../lib/account/server-rows.js';
import type { Recorded, ServerTransfer } from '../../lib/account/transfers.js';
import type { LoadReport } from '../../lib/load/client.js';
import type { Trial } from '../plan/schedule.js';
import type { Phases, TrialRecord } from '../record.js';
import type { UntimedConnection } from '../services/untimed.js';
import { type Evidence, hasLostRows } from './evidence.js';
import { machineLoadOf } from './machine.js';
import { measure } from './measure.js';
import type { Stretch } from './stretches.js';
import type { Perform } from './trial-run.js';
import { judge } from './verdict.js';
import type { Watch } from './watch.js';

/** A record, and the tables that are stored only in the trial's own files. */
export interface TrialResult {
  readonly record: TrialRecord;
  readonly load: LoadReport | null;
  /** The report of the client of the load beside; null: none. */
  readonly beside: LoadReport | null;
  /** The connections of the stage, which no other table has. */
  readonly untimed: readonly UntimedConnection[];
  readonly serverRows: readonly ServerRow[] | null;
  readonly serverTransfers: Recorded<ServerTransfer> | null;
  /** A server process has died, and its rows with it. */
  readonly rowsLost: boolean;
  /** The report of the control's client, and the slices of both sides; null in an uninterrupted trial. */
  readonly control: LoadReport | null;
  readonly slices: readonly Stretch[] | null;
  /** When the server began to listen, ns on CLOCK_MONOTONIC. */
  readonly serverStarted: number;
}

export interface RunObserver {
  /** Called before each trial. */
  trial(trial: Trial): Watch;
  /** Called after each trial. */
  ended(record: TrialRecord): void;
}

/** Ends after the current trial if `signal` is aborted. */
export async function* run(
  trials: Iterable<Trial>,
  perform: Perform,
  observer: RunObserver,
  signal: AbortSignal,
): AsyncGenerator<TrialResult> {
  for (const trial of trials) {
    if (signal.aborted) return;
    const { evidence, error } = await perform(trial, observer.trial(trial), signal);
    const record = recordOf(trial, evidence, error);
    observer.ended(record);
    yield {
      record,
      load: evidence.load ?? null,
      beside: evidence.beside ?? null,
      untimed: evidence.untimed ?? [],
      serverRows: evidence.serverRows ?? null,
      serverTransfers: evidence.serverTransfers ?? null,
      rowsLost: hasLostRows(evidence),
      control: evidence.control ?? null,
      slices: record.uninterrupted === null ? (evidence.stretches ?? null) : null,
      serverStarted: evidence.serverStarted ?? 0,
    };
  }
}

function recordOf(trial: Trial, evidence: Evidence, error: string | null): TrialRecord {
  const { cell } = trial;
  const measurement = measure(cell, evidence);
  return {
    trial: trial.number,
    block: trial.block,
    cell: cell.number,
    server: cell.server,
    service: cell.service,
    connections: cell.connections,
    idle: cell.idle,
    rate: cell.rate,
    factors: cell.factors,
    repeat: cell.repeat,
    workers: cell.workers,
    clientProcesses: cell.clientProcesses,
    clientThreads: cell.clientThreads,
    seed: trial.seed,
    uninterrupted: cell.uninterrupted,
    fileSystem: evidence.fileSystem ?? null,
    machine: machineLoadOf(evidence),
    startedAt: evidence.startedAt.toISOString(),
    phases: phasesOf(evidence),
    measurement,
    verdict: judge(cell, evidence, measurement, error),
    error,
  };
}

function phasesOf({ marks }: Evidence): Phases {
  const between = (from: keyof typeof marks, to: keyof typeof marks) =>
    Math.round((marks[to] ?? Number.NaN) - (marks[from] ?? Number.NaN)) || 0;
  return {
    startMs: between('begin', 'started'),
    connectMs: between('started', 'connected'),
    acceptMs: between('connected', 'accepted'),
    trafficMs: between('accepted', 'drained'),
    finishMs: between('drained', 'end'),
  };
}
