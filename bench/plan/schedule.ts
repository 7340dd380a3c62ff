/** From a plan to its trials: in each block every cell once, in a random order. Pure. */
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

/** The n-th block, from 1: the same plan gives the same order, and no block's depends on another's. */
export function blockOf(plan: Plan, block: number): readonly Trial[] {
  const cells = cellsOfBlock(plan);
  // Not mirrored and not a Latin square: their blocks are not independent, and drift then causes false verdicts.
  return shuffled(cells, seeded(plan.seed * BLOCK_STRIDE + block)).map((cell, i) => {
    const number = (block - 1) * cells.length + i + 1;
    return { number, block, cell, seed: plan.seed + number };
  });
}

export function schedule(plan: Plan): readonly Trial[] {
  return Array.from({ length: plan.blocks }, (_, i) => blockOf(plan, i + 1)).flat();
}

function cellsOfBlock({ cells, control }: Plan): Cell[] {
  const runnable = cells.filter((cell) => cell.skipped === null);
  return control === null || runnable.includes(control) ? runnable : [control, ...runnable];
}
