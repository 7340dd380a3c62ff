/** The files of a run, written as its trials end: a run that dies at trial 40 keeps 39. */

import { constants, existsSync } from 'node:fs';
import { access, appendFile, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { getSystemErrorMap } from 'node:util';
import { UsageError } from '../cli/usage-error.js';
import type { TrialResult } from '../run/run.js';
import type { Row } from '../statistics/summarize.js';
import { broughtHeader } from './earlier.js';
import { cutIncompleteLine, lastRecords } from './records.js';
import { type RunHeader, SCHEMA } from './run-header.js';
import { lockRun } from './run-lock.js';
import { headerFaults } from './schema/faults.js';
import type { StoredRecord } from './schema/record.js';
import { summaryTable } from './summary-table.js';
import { trialDirectory, writeTrial } from './trial-files.js';
import { writing } from './writing.js';

const RUN_FILE = 'run.json';
export const TRIALS_FILE = 'trials.jsonl';

export interface RunDirectory {
  readonly path: string;
  /** Appends the record, and writes the tables and latencies of its trial. */
  append(result: TrialResult): Promise<void>;
  writeSummary(rows: readonly Row[]): Promise<void>;
  /** Writes run.json again, for a plan that grew as it went. */
  writeHeader(header: RunHeader): Promise<void>;
  /** Lets another process go on with the run. */
  release(): void;
}

/** `results/<UTC time>-<command>`, below the working directory; numbered if that second has one. */
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

/** Makes the directory. Throws UsageError if it holds anything already, or can't be had. */
export async function claimDirectory(path: string): Promise<void> {
  await refuseUsedDirectory(path);
  try {
    await makeDirectories(resolve(path));
    await access(path, constants.W_OK);
  } catch (error) {
    throw new UsageError(
      `--output ${path}: ${reasonOf(error)}; allowed: where files can be written`,
    );
  }
}

/** One by one: mkdir() with `recursive` never ends where a directory exists and takes no other, as in /proc. */
async function makeDirectories(path: string): Promise<void> {
  if (existsSync(path)) return;
  await makeDirectories(dirname(path));
  await mkdir(path);
}

/** In the system's words: errno(3). */
function reasonOf(error: unknown): string {
  const { errno = 0, code } = error as NodeJS.ErrnoException;
  return getSystemErrorMap().get(errno)?.[1] ?? code ?? 'not writable';
}

async function refuseUsedDirectory(path: string): Promise<void> {
  const entries = await readdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new UsageError(`--output ${path}: ${reasonOf(error)}; allowed: a new or empty directory`);
  });
  const ours = entries.find((name) => [RUN_FILE, TRIALS_FILE, 'server.csv'].includes(name));
  const name = ours ?? entries[0];
  if (name === undefined) return;
  const held = ours === undefined ? 'other files' : 'a run';
  throw new UsageError(
    `--output ${path}: holds ${held} already (${name}); allowed: a new or empty directory`,
  );
}

/** Creates the directory with its run.json; throws UsageError where it can't. */
export async function createRunDirectory(path: string, header: RunHeader): Promise<RunDirectory> {
  await claimDirectory(path);
  await mkdir(join(path, 'trials'));
  await writeFile(join(path, RUN_FILE), json(header));
  await writeFile(join(path, TRIALS_FILE), '');
  return runDirectory(path, header.id, await lockRun(path, header.id));
}

/** What run.json says; `option` names who asks. Throws UsageError where there is no run. */
export async function readHeader(option: string, path: string): Promise<RunHeader> {
  const text = await readFile(join(path, RUN_FILE), 'utf8').catch(() => {
    throw new UsageError(
      `${option} ${path}: holds no run; allowed: a directory with a ${RUN_FILE}`,
    );
  });
  const header = await parsedHeader(text, `${option} ${path}: ${RUN_FILE}`);
  const { plan } = header;
  // A control that is a cell in its own right is the same object, in the file two.
  const control = plan.cells.find(({ number }) => number === plan.control?.number) ?? plan.control;
  return { ...header, plan: { ...plan, control } };
}

/** `where` begins the error of a file that this version can't have written. */
async function parsedHeader(text: string, where: string): Promise<RunHeader> {
  const header = broughtHeader(parsedJson(text));
  if (header === null)
    throw new UsageError(`${where} is not JSON; allowed: a file as c10k wrote it`);
  const version = (header as Partial<RunHeader> | null)?.schema;
  if (version !== SCHEMA)
    throw new UsageError(
      `${where} of schema ${version ?? 'unknown'}; allowed: ${SCHEMA}, as this version writes`,
    );
  const fault = (await headerFaults())(header);
  if (fault !== null) throw new UsageError(`${where}, ${fault}; allowed: a file as c10k wrote it`);
  return header as RunHeader;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * A run that was begun before, to go on with; throws UsageError where there is none. `cut`: its last record was
 * incomplete, and is gone.
 */
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
      // Whole or not at all, for it may be written while the run is killed.
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
