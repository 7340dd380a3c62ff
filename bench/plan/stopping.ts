/**
 * Stopping rules. A rule that depends on the results tests them several times (looks), and each test can give a false
 * positive, so the looks share the error rate (alpha spending: Lan and DeMets 1983). Pure.
 */
import type { Stopping } from '../schema/plan.js';

export type { Stopping };

/** Blocks at a look, relative to the look before: ten looks take a run from 6 blocks to 243. */
const GROWTH = 1.5;
/** Upper limit for machines whose drift keeps the intervals wide. */
export const MOST_BLOCKS = 200;

/** The first look at `blocks` blocks or more: its number, from 1, and its blocks. The first look is at `first` blocks. */
export function lookAfter(
  first: number,
  blocks: number,
): { readonly look: number; readonly at: number } {
  let [look, at] = [1, first];
  while (at < blocks) [look, at] = [look + 1, Math.ceil(at * GROWTH)];
  return { look, at };
}

export function isLook(first: number, blocks: number): boolean {
  return lookAfter(first, blocks).at === blocks;
}

/** Fraction of the error rate for a run with `blocks` blocks: 1/2, 1/6, 1/12 …, which add up to 1. */
export function spendable(stopping: Stopping, first: number, blocks: number): number {
  if (stopping.kind === 'blocks') return 1;
  const { look } = lookAfter(first, blocks);
  return 1 / (look * (look + 1));
}
