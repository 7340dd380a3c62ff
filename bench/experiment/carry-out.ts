/** Runs the trials of a plan and writes their files, the summary and the report. */
import type { Plan } from '../plan/plan.js';
import type { Trial } from '../plan/schedule.js';
import { finished, type TrialRecord } from '../record.js';
import { SILENT, showProgress } from '../report/terminal/progress.js';
import { loadNames } from '../report/text/cell-name.js';
import { namesOf } from '../report/text/server-name.js';
import { run } from '../run/run.js';
import type { Perform } from '../run/trial-run.js';
import { type Row, summarize } from '../statistics/summarize.js';
import type { RunDirectory } from '../store/run-directory.js';
import { interruption } from './interruption.js';
import { prepare, withPreparation } from './prepare.js';
import { writeReport } from './write-report.js';

export interface CurrentRun {
  /** The current plan; a ramp's plan grows. */
  readonly plan: () => Plan;
  /** All servers and baselines, also those that a ramp has not begun. */
  readonly servers: readonly string[];
  readonly trials: Iterable<Trial>;
  /** The number of trials; null if it depends on the results. */
  readonly total: number | null;
  readonly perform: Perform;
  readonly directory: RunDirectory;
  /** Records of earlier trials; each trial adds its own. */
  readonly records: TrialRecord[];
  readonly quiet: boolean;
  /** Called after each trial and after the last. */
  readonly save?: () => Promise<void>;
}

interface Outcome {
  readonly rows: readonly Row[];
  readonly interrupted: boolean;
  /** The error that ended the run early. The rows are complete; the files may not be. */
  readonly failure?: unknown;
}

/** Never rejects. */
export async function carryOut(current: CurrentRun): Promise<Outcome> {
  const { plan, directory, records, save } = current;
  const stop = interruption();
  let rows: readonly Row[] | undefined;
  let failure: unknown;
  try {
    await measureAll(current, stop.signal);
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
  { plan, servers, trials, total, perform, directory, records, quiet, save }: CurrentRun,
  signal: AbortSignal,
): Promise<void> {
  const names = { nameOf: namesOf(servers), loadOf: loadNames(plan().cells) };
  const progress = quiet ? SILENT : await showProgress(total, names, process.stderr);
  try {
    await prepare(plan().cells, progress.show, signal);
    const prepared = withPreparation(perform, progress.show);
    for await (const result of run(trials, prepared, progress, signal)) {
      records.push(result.record);
      await directory.append(result);
      await save?.();
    }
  } finally {
    progress.close();
  }
}
