/** How far the control moved from block to block: what the machine did by itself. */
import { medianOf } from '../../statistics/median.js';
import type { Study } from '../study.js';

export interface Drift {
  readonly blocks: number;
  readonly low: number;
  readonly high: number;
  readonly median: number;
  /** (high − low) / median. */
  readonly spread: number;
}

/** Null with fewer than two valid control trials. */
export function driftOf({ control }: Study): Drift | null {
  const values = control.flatMap(({ verdict, measurement }) =>
    verdict.valid ? (measurement?.efficiency ?? []) : [],
  );
  const median = medianOf(values);
  if (values.length < 2 || median === null) return null;
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return { blocks: values.length, low, high, median, spread: (high - low) / median };
}
