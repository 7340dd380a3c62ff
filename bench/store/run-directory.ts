/** The files of a run. Each trial's files are written when it ends, so that a crash loses only the current trial. */

import { constants, existsSync } from 'node:fs';
import { access, appendFile, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from '../cli/usage-error.js';
import type { TrialResult } from '../run/run.js';
import type { StoredRecord } from '../schema/record.js';
import type { Row } from '../statistics/summarize.js';
import { upgradedHeader } from './earlier.js';
import { cutIncompleteLine, lastRecords } from './records.js';
import { READABLE, type RunHeader } from './run-header.js';
import { lockRun } from './run-lock.js';
import { headerFaults } from './schema/faults.js';
import { summaryTable } from './summary-table.js';
import { trialDirectory, writeTrial } from './trial-files.js';
import { reasonOf, writing } from './writing.js';

const RUN_FILE = 'run.json';
export const TRIALS_FILE = 'trials.jsonl';

export interface RunDirectory {
  readonly path: string;
  /** Appends the record and writes the tables and latencies of its trial. */
  append(result: TrialResult): Promise<void>;
  writeSummary(rows: readonly Row[]): Promise<void>;
  /** Rewrites run.json after the plan has grown. */
  writeHeader(header: RunHeader): Promise<void>;
  /** Releases the lock, so that another process can continue the run. */
  release(): void;
}

/** `results/<UTC time>-<command>` in the working directory, with a number if it exists. */
export function defaultDirectory(command: string, now: Date): string {
  const time = now
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-');
  const path = join('results', `${time}-${command}`);
  for (let n = 1; ; n++) {
    const numbered = n === 1 ? path : `${path}-${n}`;
    if (!existsSync(numbered)) return numbered;
  }
}

/** Creates the directory. Throws UsageError if it isn't empty or can't be created. */
export async function claimDirectory(path: string): Promise<void> {
  await refuseUsedDirectory(path);
  try {
    await makeDirectories(resolve(path));
    await access(path, constants.W_OK);
  } catch (error) {
    throw new UsageError(
      `--output ${path}: ${reasonOf(error)}; allowed: a directory in which files can be written`,
    );
  }
}

/** One by one, because mkdir() with `recursive` never returns in a directory that allows no subdirectory, as /proc. */
async function makeDirectories(path: string): Promise<void> {
  if (existsSync(path)) return;
  await makeDirectories(dirname(path));
  await mkdir(path);
}

async function refuseUsedDirectory(path: string): Promise<void> {
  const entries = await readdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new UsageError(`--output ${path}: ${reasonOf(error)}; allowed: a new or empty directory`);
  });
  const ours = entries.find((name) => [RUN_FILE, TRIALS_FILE, 'server.csv'].includes(name));
  const name = ours ?? entries[0];
  if (name === undefined) return;
  const contents = ours === undefined ? 'other files' : 'a run';
  throw new UsageError(
    `--output ${path}: already contains ${contents} (${name}); allowed: a new or empty directory`,
  );
}

/** Creates the directory with its run.json; throws UsageError if it can't. */
export async function createRunDirectory(path: string, header: RunHeader): Promise<RunDirectory> {
  await claimDirectory(path);
  await mkdir(join(path, 'trials'));
  await writeFile(join(path, RUN_FILE), json(header));
  await writeFile(join(path, TRIALS_FILE), '');
  return runDirectory(path, header.id, await lockRun(path, header.id));
}

/** Reads run.json; `option` begins its errors. Throws UsageError if there is no run. */
export async function readHeader(option: string, path: string): Promise<RunHeader> {
  const text = await readFile(join(path, RUN_FILE), 'utf8').catch(() => {
    throw new UsageError(
      `${option} ${path}: contains no run; allowed: a directory with a ${RUN_FILE}`,
    );
  });
  const header = await parsedHeader(text, `${option} ${path}: ${RUN_FILE}`);
  const { plan } = header;
  // If a control is one of the cells, the plan has one object for both; the file has two.
  const controls = plan.controls.map(
    (control) => plan.cells.find(({ number }) => number === control.number) ?? control,
  );
  return { ...header, plan: { ...plan, controls } };
}

/** Throws UsageError for a file that this version can't have written; `where` begins the error. */
async function parsedHeader(text: string, where: string): Promise<RunHeader> {
  const header = upgradedHeader(parsedJson(text));
  if (header === null)
    throw new UsageError(`${where} is not JSON; allowed: a file as written by c10k`);
  const version = (header as Partial<RunHeader> | null)?.schema;
  if (version === undefined || !READABLE.includes(version))
    throw new UsageError(
      `${where} has schema ${version ?? 'unknown'}; allowed: ${READABLE.join(' or ')}`,
    );
  const fault = (await headerFaults())(header);
  if (fault !== null)
    throw new UsageError(`${where}, ${fault}; allowed: a file as written by c10k`);
  return header as RunHeader;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Opens a run to continue it; throws UsageError if there is none. `cut`: an incomplete last record was removed. */
export async function reopenRunDirectory(path: string) {
  const header = await readHeader('--resume', path);
  const release = await lockRun(path, header.id);
  const cut = await cutIncompleteLine(join(path, TRIALS_FILE));
  const records = await lastRecords(join(path, TRIALS_FILE), header.id);
  return { header, records, cut, directory: runDirectory(path, header.id, release) };
}

function runDirectory(path: string, run: string, release: () => void): RunDirectory {
  return {
    path,
    release,
    append: async (result) => {
      const files = trialDirectory(path, result.record);
      await writing(files, writeTrial(files, result));
      const stored: StoredRecord = { run, ...result.record };
      const trials = join(path, TRIALS_FILE);
      await writing(trials, appendFile(trials, `${JSON.stringify(stored)}\n`));
    },
    writeHeader: async (header) => {
      // Atomic, because the process may be killed while writing.
      await writeFile(join(path, `${RUN_FILE}.new`), json(header));
      await rename(join(path, `${RUN_FILE}.new`), join(path, RUN_FILE));
    },
    writeSummary: async (rows) => {
      const [asJson, asTable] = [join(path, 'summary.json'), join(path, 'summary.csv')];
      await writing(asJson, writeFile(asJson, json(rows)));
      await writing(asTable, writeFile(asTable, summaryTable(rows)));
    },
  };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
