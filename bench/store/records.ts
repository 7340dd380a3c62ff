/** Reads records back, line by line: a long run's file needn't fit in memory. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { TrialRecord } from '../record.js';

/** In the order of writing; a line that was cut short by a crash is left out. */
export async function* readRecords(path: string): AsyncGenerator<TrialRecord> {
  const lines = createInterface({
    input: createReadStream(path),
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  for await (const line of lines) {
    const record = parsed(line);
    if (record !== null) yield record;
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
    return JSON.parse(line) as TrialRecord;
  } catch {
    return null;
  }
}
