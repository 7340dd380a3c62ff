/** From a plan to its trials: in each block every cell once, in random order and then in reverse. Pure. */
import { seeded, shuffled } from '../../lib/random.js';
import type { Cell, Plan } from './plan.js';

/** One cell, once. */
export interface Trial {
  /** From 1, in the order of running. */
  readonly number: number;
  readonly block: number;
  readonly cell: Cell;
  readonly seed: number;
}

/** Sets the seeds of blocks far apart, so that neighbours don't shuffle alike. */
const BLOCK_STRIDE = 7919;

/** The n-th block, from 1: the same plan gives the same order. */
export function blockOf(plan: Plan, block: number): readonly Trial[] {
  return orderOf(plan, block).map((cell, i, { length }) => {
    const number = (block - 1) * length + i + 1;
    return { number, block, cell, seed: plan.seed + number };
  });
}

/** Every second block mirrors the one before: a steady drift then adds the same to every cell of the two. */
function orderOf(plan: Plan, block: number): readonly Cell[] {
  const first = block - ((block - 1) % 2);
  const order = shuffled(cellsOfBlock(plan), seeded(plan.seed * BLOCK_STRIDE + first));
  return block === first ? order : order.toReversed();
}

export function schedule(plan: Plan): readonly Trial[] {
  return Array.from({ length: plan.blocks }, (_, i) => blockOf(plan, i + 1)).flat();
}

function cellsOfBlock({ cells, control }: Plan): Cell[] {
  const runnable = cells.filter((cell) => cell.skipped === null);
  return control === null || runnable.includes(control) ? runnable : [control, ...runnable];
}
