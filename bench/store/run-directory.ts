/** The files of a run, written as its trials end: a run that dies at trial 40 keeps 39. */
import { once } from 'node:events';
import { constants, createWriteStream, existsSync } from 'node:fs';
import { access, appendFile, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { LoadReport } from '../../lib/load/client.js';
import { mergeCounts, toHistogram } from '../../lib/load/histogram.js';
import { native } from '../../lib/native.js';
import { UsageError } from '../plan/usage-error.js';
import type { TrialRecord } from '../record.js';
import type { TrialResult } from '../run/run.js';
import type { Row } from '../statistics/summarize.js';
import { writeIntervalLog, writePercentiles } from './hdr-files.js';
import { lastRecords } from './records.js';
import { type RunHeader, SCHEMA } from './run-header.js';
import { headerFaults } from './schema/faults.js';
import type { StoredRecord } from './schema/record.js';
import { slicesTable } from './slices-table.js';
import { summaryTable } from './summary-table.js';
import { clientTable, serverTable } from './tables.js';

export const RUN_FILE = 'run.json';
export const TRIALS_FILE = 'trials.jsonl';
/** Of a server in a file name: a command can be long. */
const LONGEST_NAME = 40;

export interface RunDirectory {
  readonly path: string;
  /** Appends the record, and writes the tables and latencies of its trial. */
  append(result: TrialResult): Promise<void>;
  writeSummary(rows: readonly Row[]): Promise<void>;
  /** Writes run.json again, for a plan that grew as it went. */
  writeHeader(header: RunHeader): Promise<void>;
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
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`--output ${path}: ${code}; allowed: where files can be written`);
  }
}

/** One by one: mkdir() with `recursive` never ends where a directory exists and takes no other, as in /proc. */
async function makeDirectories(path: string): Promise<void> {
  if (existsSync(path)) return;
  await makeDirectories(dirname(path));
  await mkdir(path);
}

async function refuseUsedDirectory(path: string): Promise<void> {
  const entries = await readdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new UsageError(`--output ${path}: ${error.code}; allowed: a new or empty directory`);
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
  return runDirectory(path, header.id);
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
  const header = parsedJson(text);
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

/** A run that was begun before, to go on with; throws UsageError where there is none. */
export async function reopenRunDirectory(path: string) {
  const header = await readHeader('--resume', path);
  const records = await lastRecords(join(path, TRIALS_FILE), header.id);
  return { header, records, directory: runDirectory(path, header.id) };
}

function runDirectory(path: string, run: string): RunDirectory {
  return {
    path,
    append: async (result) => {
      await writeTrial(trialDirectory(path, result.record), result);
      const stored: StoredRecord = { run, ...result.record };
      await appendFile(join(path, TRIALS_FILE), `${JSON.stringify(stored)}\n`);
    },
    writeHeader: async (header) => {
      // Whole or not at all, for it may be written while the run is killed.
      await writeFile(join(path, `${RUN_FILE}.new`), json(header));
      await rename(join(path, `${RUN_FILE}.new`), join(path, RUN_FILE));
    },
    writeSummary: async (rows) => {
      await writeFile(join(path, 'summary.json'), json(rows));
      await writeFile(join(path, 'summary.csv'), summaryTable(rows));
    },
  };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Where the files of one trial are, in the directory of its run. */
export function trialDirectory(path: string, { trial, server, connections }: TrialRecord): string {
  const name = server.replace(/[^\w.-]+/g, '-').slice(0, LONGEST_NAME);
  return join(path, 'trials', `${trial}-${name}-${connections}`);
}

async function writeTrial(directory: string, result: TrialResult): Promise<void> {
  const { record, load, serverRows, serverStarted, control, slices } = result;
  await mkdir(directory, { recursive: true });
  if (serverRows && serverRows.length > 0)
    await writeChunks(join(directory, 'server.csv'), serverTable(serverRows, serverStarted));
  if (slices) await writeFile(join(directory, 'slices.csv'), slicesTable(slices, serverStarted));
  if (control) await writeChunks(join(directory, 'control-clients.csv'), clientTable(control.rows));
  if (!load) return;
  await writeChunks(join(directory, 'clients.csv'), clientTable(load.rows));
  const write = (name: string, what: 'service' | 'response') =>
    writeLatency(join(directory, name), load, record, what);
  if (record.rate === 0) return write('latency', 'service');
  await write('latency', 'response');
  await write('service', 'service');
}

/** `path`: without the ending. */
async function writeLatency(
  path: string,
  load: LoadReport,
  { trial, server, connections, startedAt, measurement }: TrialRecord,
  what: 'service' | 'response',
): Promise<void> {
  const intervals = load[what];
  await writeIntervalLog(`${path}.hlog`, intervals, {
    startEpochMs: secondsStart(load) ?? Date.parse(startedAt),
    seconds: Math.floor(measurement?.windowS ?? 0),
    comments: [`c10k, trial ${trial}: ${server}, ${connections} connections, ${what} time`],
  });
  const all = mergeCounts(intervals.map(({ counts }) => counts));
  await writePercentiles(`${path}.hgrm`, toHistogram(all));
}

/** When second 0 of the latencies began, in ms since the epoch; null where traffic never did. */
function secondsStart({ windows }: LoadReport): number | null {
  const starts = windows.map((window) => window.secondsStart).filter((start) => start > 0);
  if (starts.length === 0) return null;
  return Date.now() - (native.now() - Math.min(...starts)) / 1e6;
}

export async function writeChunks(path: string, chunks: Iterable<string>): Promise<void> {
  const file = createWriteStream(path);
  for (const chunk of chunks) if (!file.write(chunk)) await once(file, 'drain');
  file.end();
  await once(file, 'finish');
}
