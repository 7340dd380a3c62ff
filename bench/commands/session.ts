/** What the measuring commands share: run the plan, keep the files, show the table, choose the exit code. */
import { randomUUID } from 'node:crypto';
import { readEnvironment } from '../../lib/system/environment.js';
import { differences, programDifferences } from '../../lib/system/fingerprint.js';
import type { Plan } from '../plan/plan.js';
import { blockOf, type Trial } from '../plan/schedule.js';
import { UsageError } from '../plan/usage-error.js';
import { finished, type TrialRecord } from '../record.js';
import { SILENT, showProgress } from '../report/progress.js';
import { run } from '../run/run.js';
import type { Perform } from '../run/trial.js';
import { type Row, summarize } from '../statistics/summarize.js';
import type { Threshold } from '../statistics/thresholds.js';
import { verdicts } from '../statistics/verdicts.js';
import {
  createRunDirectory,
  defaultDirectory,
  type RunDirectory,
  reopenRunDirectory,
} from '../store/run-directory.js';
import { type RunHeader, SCHEMA } from '../store/run-header.js';
import { verdictEntries } from '../store/verdict-entries.js';
import type { ExitCode } from './exit-code.js';
import { ofWholeBlocks, trialCount, trialsOf } from './extent.js';
import { interruption } from './interruption.js';
import { present } from './present.js';
import { writeReport } from './report.js';

export interface OutputFlags {
  readonly output?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly failIf?: readonly Threshold[];
}

export interface Session {
  /** The command's name. */
  readonly name: string;
  /** As checked and completed, for run.json. */
  readonly options: object;
  readonly plan: Plan;
  readonly perform: Perform;
  readonly output: OutputFlags;
}

export async function conduct({ name, options, plan, perform, output }: Session) {
  const path = output.output ?? defaultDirectory(name, new Date());
  const directory = await createRunDirectory(path, headerOf(name, options, plan));
  return proceed(plan, perform, directory, [], output);
}

export function headerOf(name: string, options: object, plan: Plan): RunHeader {
  return {
    schema: SCHEMA,
    id: randomUUID(),
    name,
    command: ['c10k', ...process.argv.slice(2)],
    startedAt: new Date().toISOString(),
    options,
    plan,
    environment: readEnvironment(),
  };
}

/** Goes on with a run that was interrupted: its plan, its order, what is missing. */
export async function resume(
  path: string,
  output: OutputFlags,
  performFor: (name: string, options: object) => Perform,
): Promise<ExitCode> {
  const { header, records, directory } = await reopen(path);
  const perform = performFor(header.name, header.options);
  return proceed(header.plan, perform, directory, records, output);
}

/** A run that was interrupted, and its records. Throws UsageError if another build of c10k began it. */
export async function reopen(path: string) {
  const { header, records, cut, directory } = await reopenRunDirectory(path);
  if (cut)
    process.stderr.write(
      `c10k: ${path}: the last record is incomplete, and its block is repeated\n`,
    );
  const environment = readEnvironment();
  const [rebuilt] = programDifferences(header.environment, environment);
  if (rebuilt !== undefined)
    throw new UsageError(
      `--resume ${path}: begun by another c10k (${rebuilt}); allowed: the version and build that began it`,
    );
  for (const difference of differences(header.environment, environment))
    process.stderr.write(`c10k: the machine has changed since the run began: ${difference}\n`);
  return { header, directory, records: finished(records) };
}

async function proceed(
  plan: Plan,
  perform: Perform,
  directory: RunDirectory,
  before: readonly TrialRecord[],
  output: OutputFlags,
): Promise<ExitCode> {
  const records = ofWholeBlocks(plan, before);
  const outcome = await carryOut({
    plan: () => plan,
    trials: trialsOf(plan, records),
    total: trialCount(plan, blockOf(plan, 1).length),
    perform,
    directory,
    records,
    quiet: output.quiet ?? false,
  });
  const code = present(
    outcome.rows,
    directory.path,
    output,
    outcome.interrupted,
    asJson(plan, records, outcome.rows),
  );
  if (outcome.failure !== undefined) throw outcome.failure;
  return code;
}

/** What --json prints: summary.json and verdicts.json. */
export function asJson(plan: Plan, records: readonly TrialRecord[], rows: readonly Row[]) {
  return { summary: rows, verdicts: verdictEntries(verdicts(plan, records)) };
}

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

export interface Outcome {
  readonly rows: readonly Row[];
  readonly interrupted: boolean;
  /** What ended the run early: the rows hold all that was measured, the files may not. */
  readonly failure?: unknown;
}

/** Runs the trials and keeps what comes of them: their files, the summary, the report. Doesn't reject. */
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
    if (records.length > 0) await writeReport(directory.path);
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
