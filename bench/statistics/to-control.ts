/** Efficiency relative to the control: in alternating slices, otherwise in the same block. Pure. */
import { mean } from 'simple-statistics';
import { type Cell, isControlOf, type Plan } from '../plan/plan.js';
import type { Measurement, TrialRecord } from '../record.js';
import type { Estimate } from './median.js';
import { ratioOf } from './ratio.js';

/** The logarithm of a sliced trial's ratio to the control; null if it has none. */
export function logToControl({ slices }: Measurement): number | null {
  const logs = slices?.logRatios ?? [];
  return logs.length === 0 ? null : mean([...logs]);
}

function logOf({ measurement }: TrialRecord): number | null {
  return measurement && logToControl(measurement);
}

/** The ratio of a cell's valid trials to the control, with an interval; null if unknown. */
export function toControlOf(
  plan: Controlled,
  cell: Cell,
  records: readonly TrialRecord[],
  valid: readonly TrialRecord[],
  alpha: number,
): Estimate | null {
  const logs = valid.flatMap((record) => logOf(record) ?? []);
  if (logs.length === 0 || logs.length < valid.length)
    return ratioOf(efficiencyToControl(plan, cell, records, valid).map(Math.log), alpha);
  // The spread between trials includes the variation between processes; a single trial has only the spread of its slices.
  const single = logs.length === 1 ? valid[0]?.measurement?.slices?.logRatios : undefined;
  return ratioOf(single ?? logs, alpha);
}

type Controlled = Pick<Plan, 'cells' | 'controls'>;

/** The cell of the control under the same load, for trials that aren't sliced. A ramp has it among its cells. */
export function controlOf({ cells, controls }: Controlled, own: Cell): Cell | undefined {
  return [...controls, ...cells].find((other) => isControlOf(other, own));
}

/** The ratios of those `own` trials (the valid ones of `cell`) that are sliced or whose block has a valid control. */
export function efficiencyToControl(
  plan: Controlled,
  cell: Cell,
  records: readonly TrialRecord[],
  own: readonly TrialRecord[],
): number[] {
  const number = controlOf(plan, cell)?.number;
  const controls = new Map(
    records.flatMap(({ cell, block, verdict, measurement }) =>
      cell === number && verdict.valid && measurement?.efficiency
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
