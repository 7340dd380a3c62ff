/** Efficiency as a multiple of the control's in the same block: what drifts for both cancels out. Pure. */
import type { Plan } from '../plan/plan.js';
import type { TrialRecord } from '../record.js';

/** For each of `own` whose block has a valid control. */
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
  return own.flatMap(({ block, measurement }) => {
    const yardstick = controls.get(block);
    return yardstick && measurement?.efficiency ? measurement.efficiency / yardstick : [];
  });
}
