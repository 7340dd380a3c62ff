/**
 * Medians, and an interval of a median between two of the values themselves: it needs no distribution, and its confidence
 * level is known exactly. Conover 1999, "Practical Nonparametric Statistics", section 3.2. Pure.
 */
import { median as sampleMedian } from 'simple-statistics';

export interface Estimate {
  readonly median: number;
  /** Null with fewer than two values: one says nothing about its own uncertainty. */
  readonly low: number | null;
  readonly high: number | null;
  /** The probability that such an interval holds the true value, 0 to 1; null without an interval. */
  readonly level: number | null;
}

/** The interval is the narrowest that is at least so sure; with fewer than six values there is none, and the widest serves. */
const WANTED = 0.95;

/** Null where nothing is known. */
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

/** How many of `n` values lie outside the interval at either end: the true median exceeds each with probability 1/2. */
function orderStatistics(n: number): { readonly outside: number; readonly level: number } {
  // In logarithms: 2 ** -n is 0 for n beyond 1074.
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

/** Without the rounding errors of logarithms: 0.9375, not 0.9375000000000002. */
function rounded(level: number): number {
  return Number(level.toFixed(12));
}
