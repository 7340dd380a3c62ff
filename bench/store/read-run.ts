/** Reads a run's files. */
import { join } from 'node:path';
import { UsageError } from '../cli/usage-error.js';
import type { StoredRun } from '../statistics/stored-run.js';
import { typicalTrials } from '../statistics/typical.js';
import { lastRecords } from './records.js';
import { readHeader, TRIALS_FILE } from './run-directory.js';
import { readDetails } from './trial-details.js';
import { trialDirectory } from './trial-files.js';

/** Throws UsageError if there is no run. */
export async function readRun(path: string): Promise<StoredRun> {
  const header = await readHeader('report', path);
  const { command, startedAt, plan, ramp, environment } = header;
  if (plan.cells.length === 0)
    throw new UsageError(
      `report ${path}: contains no trial; allowed: a run with at least one trial`,
    );
  const records = await lastRecords(join(path, TRIALS_FILE), header.id);
  const details = new Map();
  for (const [cell, record] of typicalTrials(records))
    details.set(cell, await readDetails(trialDirectory(path, record), record));
  const preset = presetOf(header.options);
  return { command, startedAt, plan, preset, ramp: ramp ?? null, environment, records, details };
}

function presetOf(options: object): string | null {
  return 'preset' in options && typeof options.preset === 'string' ? options.preset : null;
}
