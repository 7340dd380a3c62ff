/** The trials of a plan: each block has every cell once, in random order. Pure. */
import { seeded, shuffled } from '../../lib/random.js';
import type { Cell, Plan } from './plan.js';

/** One run of one cell. */
export interface Trial {
  /** From 1, in the order of running. */
  readonly number: number;
  readonly block: number;
  readonly cell: Cell;
  readonly seed: number;
}

/** Separates the seeds of blocks, so that consecutive blocks have unrelated orders. */
const BLOCK_STRIDE = 7919;

/** The n-th block, from 1. Its order depends only on the plan and n. */
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

function cellsOfBlock({ cells, controls }: Plan): Cell[] {
  const runnable = cells.filter((cell) => cell.skipped === null);
  return [...controls.filter((control) => !runnable.includes(control)), ...runnable];
}
