/**
 * Medians with confidence intervals between order statistics: these assume no distribution, and their confidence level is
 * exact. Conover 1999, "Practical Nonparametric Statistics", section 3.2. Pure.
 */
import { median as sampleMedian } from 'simple-statistics';
import type { Estimate } from '../schema/summary.js';

export type { Estimate };

/** The narrowest interval with at least this level is used. Fewer than six values don't reach it; then the widest is used. */
const WANTED = 0.95;

/** Null without values. */
export function medianOf(values: readonly (number | null | undefined)[]): number | null {
  const known = values.filter((value): value is number => typeof value === 'number');
  return known.length === 0 ? null : sampleMedian(known);
}

export function estimate(values: readonly (number | null)[]): Estimate | null {
  const known = values.filter((value): value is number => value !== null).sort((a, b) => a - b);
  if (known.length === 0) return null;
  const median = sampleMedian(known);
  if (known.length < 2) return { median, low: null, high: null, level: null };
  const { outside, level } = orderStatistics(known.length);
  return {
    median,
    low: known[outside] as number,
    high: known[known.length - 1 - outside] as number,
    level,
  };
}

/**
 * `outside`: the number of values below the interval, and also above it. Each of the `n` values is below the true median
 * with probability 1/2.
 */
function orderStatistics(n: number): { readonly outside: number; readonly level: number } {
  // Logarithms, because 2 ** -n underflows to 0 for n > 1074.
  let logProbability = -n * Math.LN2;
  let tail = Math.exp(logProbability);
  let outside = 0;
  for (;;) {
    logProbability += Math.log((n - outside) / (outside + 1));
    const next = tail + Math.exp(logProbability);
    if (1 - 2 * next < WANTED) return { outside, level: rounded(1 - 2 * tail) };
    outside++;
    tail = next;
  }
}

/** Removes the rounding errors of logarithms: 0.9375 instead of 0.9375000000000002. */
function rounded(level: number): number {
  return Number(level.toFixed(12));
}
