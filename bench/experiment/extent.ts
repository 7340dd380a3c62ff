/** The trials of a run: block after block until the plan's stopping rule is met. */
import { sum, sumOf } from '../../lib/sums.js';
import type { Plan } from '../plan/plan.js';
import { blockOf, type Trial } from '../plan/schedule.js';
import { isLook, MOST_BLOCKS } from '../plan/stopping.js';
import type { TrialRecord } from '../record.js';
import { isDecided, isStable } from '../statistics/stability.js';

/** Skips blocks that are complete in `records`. The caller adds each trial's record before it takes the next trial. */
export function* trialsOf(plan: Plan, records: readonly TrialRecord[]): Iterable<Trial> {
  const whole = wholeBlocks(plan, records);
  for (let block = 1; whole.has(block) || !isEnough(plan, records, block - 1); block++)
    if (!whole.has(block)) yield* blockOf(plan, block);
}

/** The number of trials; null if it depends on the results. */
export function trialCount({ stopping, blocks }: Plan, perBlock: number): number | null {
  return stopping.kind === 'blocks' ? blocks * perBlock : null;
}

/** Records of complete blocks. Trials are compared within a block, so an interrupted block is repeated, not continued. */
export function ofWholeBlocks(plan: Plan, records: readonly TrialRecord[]): TrialRecord[] {
  const whole = wholeBlocks(plan, records);
  return records.filter(({ block }) => whole.has(block));
}

function wholeBlocks(plan: Plan, records: readonly TrialRecord[]): ReadonlySet<number> {
  const done = new Set(records.map(({ trial }) => trial));
  const begun = [...new Set(records.map(({ block }) => block))];
  return new Set(
    begun.filter((block) => blockOf(plan, block).every(({ number }) => done.has(number))),
  );
}

function isEnough(plan: Plan, records: readonly TrialRecord[], blocks: number): boolean {
  const { stopping } = plan;
  switch (stopping.kind) {
    case 'blocks':
      return blocks >= plan.blocks;
    case 'stable':
      return (
        blocks >= Math.max(MOST_BLOCKS, plan.blocks) ||
        (isLook(plan.blocks, blocks) && isStable(plan, records, stopping.share))
      );
    case 'budget':
      return (
        spentNs(records) * (1 + 1 / Math.max(1, blocks)) > stopping.ns ||
        (isLook(plan.blocks, blocks) && isDecided(plan, records))
      );
  }
}

/** The time of all trials so far. */
function spentNs(records: readonly TrialRecord[]): number {
  return sumOf(records, ({ phases }) => 1e6 * sum(Object.values(phases)));
}
