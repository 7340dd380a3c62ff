/**
 * When a run ends. One that ends by what it has measured looks several times, and each look may mislead: the looks share the
 * error rate (alpha spending: Lan and DeMets 1983). Pure.
 */

export type Stopping =
  /** After the blocks that were asked for. */
  | { readonly kind: 'blocks' }
  /** When every interval is at most so wide on either side, as a share of its ratio. */
  | { readonly kind: 'stable'; readonly share: number }
  /** When every pair of servers with valid trials is decided, or the time is spent. */
  | { readonly kind: 'budget'; readonly ns: number };

/** Each look has half as many blocks again as the one before: ten looks take a run from 6 blocks to 243. */
const GROWTH = 1.5;
/** Upper limit for machines whose drift keeps the intervals wide. */
export const MOST_BLOCKS = 200;

/** The number, from 1, of the first look at which so many blocks or more have been run; the first is after `first`. */
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

/** The part of the error rate that a run with so many blocks may use: 1/2, 1/6, 1/12 …, which add up to 1. */
export function spendable(stopping: Stopping, first: number, blocks: number): number {
  if (stopping.kind === 'blocks') return 1;
  const { look } = lookAfter(first, blocks);
  return 1 / (look * (look + 1));
}
