/** The common part of the measuring commands: run the plan, write the files, print the table, return the exit code. */
import { randomUUID } from 'node:crypto';
import { type Environment, readEnvironment } from '../../lib/system/environment.js';
import { differences, programDifferences } from '../../lib/system/fingerprint.js';
import type { ExitCode } from '../cli/exit-code.js';
import { UsageError } from '../cli/usage-error.js';
import type { Plan } from '../plan/plan.js';
import { blockOf } from '../plan/schedule.js';
import { finished, type TrialRecord } from '../record.js';
import { serversIn } from '../report/text/server-name.js';
import { withoutCappedCells } from '../run/cap.js';
import type { Perform } from '../run/trial-run.js';
import type { Row } from '../statistics/summarize.js';
import { verdicts } from '../statistics/verdicts.js';
import {
  createRunDirectory,
  defaultDirectory,
  type RunDirectory,
  reopenRunDirectory,
} from '../store/run-directory.js';
import { type RunHeader, SCHEMA } from '../store/run-header.js';
import { verdictEntries } from '../store/verdict-entries.js';
import { carryOut } from './carry-out.js';
import { ofWholeBlocks, trialCount, trialsOf } from './extent.js';
import { type OutputFlags, present, presentResume } from './present.js';

interface Session {
  /** The command's name. */
  readonly name: string;
  /** As checked and completed, for run.json. */
  readonly options: object;
  readonly plan: Plan;
  readonly perform: Perform;
  readonly output: OutputFlags;
  /** Whether --resume can continue the run. */
  readonly canResume: boolean;
}

export async function conduct(session: Session) {
  const { name, options, plan, perform, output, canResume } = session;
  const path = output.output ?? defaultDirectory(name, new Date());
  const directory = await createRunDirectory(path, headerOf(name, options, plan));
  return proceed(name, plan, perform, directory, [], output, canResume);
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

/**
 * Continues an interrupted run of the command `name`: runs the missing trials of its plan in their order. `performFor`
 * throws UsageError for options with which a run can't be continued.
 */
export async function resume(
  name: string,
  path: string,
  output: OutputFlags,
  performFor: (options: object) => Perform,
): Promise<ExitCode> {
  const { header, records, directory } = await reopen(name, path);
  let perform: Perform;
  try {
    perform = performFor(header.options);
  } catch (error) {
    directory.release();
    throw error;
  }
  return proceed(name, header.plan, perform, directory, records, output, true);
}

/** Opens an interrupted run and its records. Throws UsageError if another command or build of c10k began it. */
export async function reopen(name: string, path: string) {
  const { header, records, cut, directory } = await reopenRunDirectory(path);
  const environment = readEnvironment();
  const fault = faultOf(header, name, environment);
  if (fault !== null) {
    directory.release();
    throw new UsageError(`--resume ${path}: ${fault}`);
  }
  if (cut)
    process.stderr.write(`c10k: ${path}: the last record is incomplete; its block is repeated\n`);
  for (const difference of differences(header.environment, environment))
    process.stderr.write(`c10k: the machine has changed since the run began: ${difference}\n`);
  return { header, directory, records: finished(records) };
}

/** Why the command can't continue the run; null if it can. */
function faultOf(header: RunHeader, name: string, environment: Environment): string | null {
  if (header.name !== name) return `a run of ${header.name}; allowed: a run of ${name}`;
  const [rebuilt] = programDifferences(header.environment, environment);
  return rebuilt === undefined
    ? null
    : `begun by another c10k (${rebuilt}); allowed: the version and build that began it`;
}

async function proceed(
  name: string,
  plan: Plan,
  perform: Perform,
  directory: RunDirectory,
  before: readonly TrialRecord[],
  output: OutputFlags,
  canResume: boolean,
): Promise<ExitCode> {
  const records = ofWholeBlocks(plan, before);
  const outcome = await carryOut({
    plan: () => plan,
    servers: serversIn(plan),
    trials: trialsOf(plan, records),
    total: trialCount(plan, blockOf(plan, 1).length),
    perform: withoutCappedCells(perform, records),
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
  if (outcome.interrupted && canResume) presentResume(name, directory.path, output);
  if (outcome.failure !== undefined) throw outcome.failure;
  return code;
}

/** The output of --json: the contents of summary.json and verdicts.json. */
export function asJson(plan: Plan, records: readonly TrialRecord[], rows: readonly Row[]) {
  return { summary: rows, verdicts: verdictEntries(verdicts(plan, records)) };
}
