/** What the measuring commands share: run the plan, keep the files, show the table, choose the exit code. */
import { readEnvironment } from '../../lib/system/environment.js';
import type { Plan } from '../plan/plan.js';
import { schedule } from '../plan/schedule.js';
import type { TrialRecord } from '../record.js';
import { SILENT, showProgress } from '../report/progress.js';
import { resultsTable } from '../report/results-table.js';
import { terminalOf } from '../report/terminal.js';
import { allValid, remarks } from '../report/words.js';
import { run } from '../run/run.js';
import type { Perform } from '../run/trial.js';
import { type Row, summarize } from '../statistics/summarize.js';
import {
  createRunDirectory,
  defaultDirectory,
  type RunDirectory,
  refuseUsedDirectory,
} from '../store/run-directory.js';
import { ExitCode } from './exit-code.js';
import { interruption } from './interruption.js';

/** The version of the files' layout. */
const SCHEMA = 1;

export interface OutputFlags {
  readonly output?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export interface Session {
  readonly command: string;
  /** As checked and completed, for run.json. */
  readonly options: object;
  readonly plan: Plan;
  readonly perform: Perform;
  readonly output: OutputFlags;
}

export async function conduct({ command, options, plan, perform, output }: Session) {
  const path = output.output ?? defaultDirectory(command, new Date());
  await refuseUsedDirectory(path);
  const environment = readEnvironment();
  const stop = interruption();
  const directory = await createRunDirectory(path, {
    schema: SCHEMA,
    command: ['c10k', ...process.argv.slice(2)],
    startedAt: new Date().toISOString(),
    options,
    plan,
    environment,
  });
  const records = await runAll(plan, perform, directory, output, stop.signal);
  const rows = summarize(plan, records);
  await directory.writeSummary(rows);
  show(rows, directory, output);
  stop.release();
  if (stop.signal.aborted) return ExitCode.interrupted;
  return allValid(rows) ? ExitCode.ok : ExitCode.invalid;
}

async function runAll(
  plan: Plan,
  perform: Perform,
  directory: RunDirectory,
  output: OutputFlags,
  signal: AbortSignal,
): Promise<TrialRecord[]> {
  const trials = schedule(plan);
  const progress = showProgress(trials.length, process.stderr);
  const onlooker = output.quiet ? SILENT : progress;
  const records: TrialRecord[] = [];
  for await (const result of run(trials, perform, onlooker, signal)) {
    await directory.append(result);
    records.push(result.record);
  }
  if (!output.quiet) progress.close();
  return records;
}

function show(rows: readonly Row[], directory: RunDirectory, output: OutputFlags): void {
  if (output.json) {
    process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
    return;
  }
  const { colors, width } = terminalOf(process.stdout);
  const parts = [
    resultsTable(rows, colors, width),
    remarks(rows, colors),
    output.quiet ? '' : colors.dim(`files    ${directory.path}`),
  ];
  process.stdout.write(`${parts.filter((part) => part !== '').join('\n\n')}\n`);
}
