/** The spread of the baseline over the trials. */
import { medianOf } from '../../statistics/median.js';
import type { Study } from './study.js';

interface Drift {
  readonly trials: number;
  readonly low: number;
  readonly high: number;
  readonly median: number;
  /** (high − low) / median. */
  readonly spread: number;
}

/** Null with fewer than two valid readings. */
export function driftOf({ control }: Study): Drift | null {
  const values = control.flatMap(({ valid, efficiency }) => (valid ? (efficiency ?? []) : []));
  const median = medianOf(values);
  if (values.length < 2 || median === null) return null;
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return { trials: values.length, low, high, median, spread: (high - low) / median };
}
