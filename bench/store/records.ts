/** Reads records line by line, because the file of a long run may not fit in memory. */
import { createReadStream, existsSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { UsageError } from '../cli/usage-error.js';
import type { TrialRecord } from '../record.js';
import { upgradedRecord } from './earlier.js';
import { type FindFault, recordFaults } from './schema/faults.js';

/** In the order of writing, without an incomplete last line. `run`: the identifier that every record must have. */
export async function* readRecords(path: string, run: string): AsyncGenerator<TrialRecord> {
  if (!existsSync(path))
    throw new UsageError(`${path}: missing; allowed: a run with all its files`);
  const findFault = await recordFaults(); // before createInterface, because lines are lost until they are read
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
  let broken: string | null = null;
  let number = 0;
  for await (const line of lines) {
    number++;
    if (line.trim() === '') continue;
    if (broken !== null) throw new UsageError(broken);
    const record = upgradedRecord(parsedJson(line));
    const fault = record === null ? 'not JSON' : faultOf(record, run, findFault);
    const refusal = `${path}, line ${number}: not a record of this run (${fault}); allowed: the file as written by the run`;
    if (record === null) broken = refusal;
    else if (fault !== null) throw new UsageError(refusal);
    else yield record as TrialRecord;
  }
}

const NEWLINE = 0x0a;
/** Bytes read at a time; longer than most records. */
const TAIL = 64 * 1024;

/** Truncates the file after its last newline, so that the next record starts a new line. True if it was truncated. */
export async function cutIncompleteLine(path: string): Promise<boolean> {
  if (!existsSync(path)) return false;
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    const whole = await endOfLastLine(file, size);
    if (whole < size) await file.truncate(whole);
    return whole < size;
  } finally {
    await file.close();
  }
}

/** 0 if there is no newline. */
async function endOfLastLine(file: FileHandle, size: number): Promise<number> {
  for (let end = size; end > 0; end -= TAIL) {
    const start = Math.max(0, end - TAIL);
    const { buffer } = await file.read(Buffer.alloc(end - start), 0, end - start, start);
    const at = buffer.lastIndexOf(NEWLINE);
    if (at >= 0) return start + at + 1;
  }
  return 0;
}

/** The last record of each trial, because trials are repeated after an interruption. */
export async function lastRecords(path: string, run: string): Promise<readonly TrialRecord[]> {
  const byTrial = new Map<number, TrialRecord>();
  for await (const record of readRecords(path, run)) byTrial.set(record.trial, record);
  return [...byTrial.values()].sort((a, b) => a.trial - b.trial);
}

function parsedJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** The first fault of a record; null if it is valid. */
function faultOf(record: unknown, run: string, findFault: FindFault): string | null {
  const fault = findFault(record);
  if (fault !== null) return fault;
  const { run: own } = record as { readonly run: string };
  return own === run ? null : `run: ${own} instead of ${run}`;
}
