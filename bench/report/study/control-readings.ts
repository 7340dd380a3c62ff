/** The baseline's figures over a run, which show how steady the machine was. Pure. */
import type { Problem } from '../../facts.js';
import { levelKey } from '../../plan/load-level.js';
import type { Cell, Plan } from '../../plan/plan.js';
import type { TrialRecord } from '../../record.js';

export interface ControlReading {
  readonly trial: number;
  readonly block: number;
  readonly throughput: number | null;
  /** Requests per server-CPU-second. */
  readonly efficiency: number | null;
  readonly valid: boolean;
  readonly problems: readonly Problem[];
}

/** All under one load: of the baseline's own trials, otherwise of its slices in the trials under the first sliced load. */
export function controlReadings(
  { cells, controls }: Pick<Plan, 'cells' | 'controls'>,
  records: readonly TrialRecord[],
): ControlReading[] {
  const [control] = controls;
  if (control !== undefined)
    return records
      .filter(({ cell }) => cell === control.number)
      .map((record) => readingOf(record, record.measurement));
  const first = firstLoad({ cells, controls });
  const isAlike = (cell: Cell) => first !== undefined && levelKey(cell) === levelKey(first);
  const alike = new Set(cells.filter(isAlike).map(({ number }) => number));
  return records
    .filter(({ cell, measurement }) => alike.has(cell) && measurement?.slices)
    .map((record) => readingOf(record, record.measurement?.slices?.control ?? null));
}

/** A cell with the load that all readings are under. */
export function firstLoad({ cells, controls }: Pick<Plan, 'cells' | 'controls'>): Cell | undefined {
  return controls[0] ?? cells.find(({ uninterrupted }) => uninterrupted === null);
}

function readingOf(
  { trial, block, verdict }: TrialRecord,
  figures: Pick<ControlReading, 'throughput' | 'efficiency'> | null,
): ControlReading {
  const { throughput = null, efficiency = null } = figures ?? {};
  const { valid, problems } = verdict;
  return { trial, block, throughput, efficiency, valid, problems };
}
