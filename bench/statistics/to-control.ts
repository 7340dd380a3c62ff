/** Efficiency as a multiple of the control's: in alternating slices, or else in the same block. Pure. */
import { mean } from 'simple-statistics';
import type { Plan } from '../plan/plan.js';
import type { Measurement, TrialRecord } from '../record.js';
import type { Estimate } from './median.js';
import { ratioOf } from './ratio.js';

/** Of a sliced trial: the logarithm of its ratio to the control; null where it has none. */
export function logToControl({ slices }: Measurement): number | null {
  const logs = slices?.logRatios ?? [];
  return logs.length === 0 ? null : mean([...logs]);
}

function logOf({ measurement }: TrialRecord): number | null {
  return measurement && logToControl(measurement);
}

/** The ratio of a cell's valid trials to the control, with an interval; null where nothing is known. */
export function toControlOf(
  plan: Pick<Plan, 'control'>,
  records: readonly TrialRecord[],
  valid: readonly TrialRecord[],
  alpha: number,
): Estimate | null {
  const logs = valid.flatMap((record) => logOf(record) ?? []);
  if (logs.length === 0 || logs.length < valid.length)
    return ratioOf(efficiencyToControl(plan, records, valid).map(Math.log), alpha);
  // Several trials also differ by their processes, so their own spread counts; one has only its slices'.
  const single = logs.length === 1 ? valid[0]?.measurement?.slices?.logRatios : undefined;
  return ratioOf(single ?? logs, alpha);
}

/** For each of `own` that is sliced, or whose block has a valid control. */
export function efficiencyToControl(
  { control }: Pick<Plan, 'control'>,
  records: readonly TrialRecord[],
  own: readonly TrialRecord[],
): number[] {
  const controls = new Map(
    records.flatMap(({ cell, block, verdict, measurement }) =>
      cell === control?.number && verdict.valid && measurement?.efficiency
        ? [[block, measurement.efficiency] as const]
        : [],
    ),
  );
  return own.flatMap((record) => {
    const log = logOf(record);
    if (log !== null) return Math.exp(log);
    const baseline = controls.get(record.block);
    const efficiency = record.measurement?.efficiency;
    return baseline && efficiency ? efficiency / baseline : [];
  });
}
