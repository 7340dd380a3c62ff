/** The typical trial of a cell, used where trials can't be merged: the median by throughput. */
import type { TrialRecord } from '../record.js';

/** By cell number; a cell without a valid trial has none. */
export function typicalTrials(records: readonly TrialRecord[]): ReadonlyMap<number, TrialRecord> {
  const byCell = new Map<number, TrialRecord[]>();
  for (const record of records)
    if (record.verdict.valid && record.measurement)
      byCell.set(record.cell, [...(byCell.get(record.cell) ?? []), record]);
  return new Map(
    [...byCell].map(([cell, trials]) => {
      const sorted = trials.sort((a, b) => throughputOf(a) - throughputOf(b) || a.trial - b.trial);
      return [cell, sorted[Math.floor((sorted.length - 1) / 2)] as TrialRecord];
    }),
  );
}

function throughputOf({ measurement }: TrialRecord): number {
  return measurement?.throughput ?? 0;
}
