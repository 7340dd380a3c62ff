/** Runs the trials of a plan and keeps what comes of them: their files, the summary, the report. */
import type { Plan } from '../plan/plan.js';
import type { Trial } from '../plan/schedule.js';
import { finished, type TrialRecord } from '../record.js';
import { SILENT, showProgress } from '../report/terminal/progress.js';
import { run } from '../run/run.js';
import type { Perform } from '../run/trial-run.js';
import { type Row, summarize } from '../statistics/summarize.js';
import type { RunDirectory } from '../store/run-directory.js';
import { interruption } from './interruption.js';
import { writeReport } from './write-report.js';

/** A run under way. */
export interface Undertaking {
  /** As it is by now: that of a ramp grows. */
  readonly plan: () => Plan;
  readonly trials: Iterable<Trial>;
  /** How many trials there will be; null if that depends on what comes out. */
  readonly total: number | null;
  readonly perform: Perform;
  readonly directory: RunDirectory;
  /** Those of before, to which each trial adds its own. */
  readonly records: TrialRecord[];
  readonly quiet: boolean;
  /** Called when a trial has ended, and when there are no more. */
  readonly save?: () => Promise<void>;
}

interface Outcome {
  readonly rows: readonly Row[];
  readonly interrupted: boolean;
  /** What ended the run early: the rows hold all that was measured, the files may not. */
  readonly failure?: unknown;
}

/** Doesn't reject. */
export async function carryOut(undertaking: Undertaking): Promise<Outcome> {
  const { plan, directory, records, save } = undertaking;
  const stop = interruption();
  let rows: readonly Row[] | undefined;
  let failure: unknown;
  try {
    await measureAll(undertaking, stop.signal);
    await save?.();
    rows = summarize(plan(), records);
    await directory.writeSummary(rows);
    if (finished(records).length > 0) await writeReport(directory.path);
  } catch (error) {
    failure = error;
  }
  directory.release();
  stop.release();
  rows ??= summarize(plan(), records);
  return { rows, interrupted: stop.signal.aborted, failure };
}

async function measureAll(
  { trials, total, perform, directory, records, quiet, save }: Undertaking,
  signal: AbortSignal,
): Promise<void> {
  const progress = quiet ? SILENT : await showProgress(total, process.stderr);
  try {
    for await (const result of run(trials, perform, progress, signal)) {
      records.push(result.record);
      await directory.append(result);
      await save?.();
    }
  } finally {
    progress.close();
  }
}
