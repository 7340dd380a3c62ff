/** Reads records back, line by line: a long run's file needn't fit in memory. */
import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { UsageError } from '../plan/usage-error.js';
import type { TrialRecord } from '../record.js';

/** In the order of writing. A last line that was cut off in writing is left out. */
export async function* readRecords(path: string): AsyncGenerator<TrialRecord> {
  if (!existsSync(path))
    throw new UsageError(`${path}: missing; allowed: a run with all its files`);
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
  let broken: string | null = null;
  let number = 0;
  for await (const line of lines) {
    number++;
    if (line.trim() === '') continue;
    if (broken !== null) throw new UsageError(broken);
    const record = parsed(line);
    if (record === null)
      broken = `${path}, line ${number}: not a record; allowed: what a run wrote`;
    else yield record;
  }
}

/** A trial that was repeated, after an interruption, counts as it came out last. */
export async function lastRecords(path: string): Promise<readonly TrialRecord[]> {
  const byTrial = new Map<number, TrialRecord>();
  for await (const record of readRecords(path)) byTrial.set(record.trial, record);
  return [...byTrial.values()].sort((a, b) => a.trial - b.trial);
}

function parsed(line: string): TrialRecord | null {
  try {
    const record = JSON.parse(line);
    const isRecord =
      typeof record?.trial === 'number' &&
      typeof record.cell === 'number' &&
      typeof record.verdict?.valid === 'boolean' &&
      record.measurement !== undefined;
    return isRecord ? record : null;
  } catch {
    return null;
  }
}
