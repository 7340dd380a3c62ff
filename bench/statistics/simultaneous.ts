/**
 * Ratios of all pairs under one load with simultaneous 95 % confidence intervals: if all servers are equal, at most 5 % of
 * runs have an interval that excludes 1. Moderated t with Bonferroni correction: Dunn 1961. Pure.
 */
import type { Plan } from '../plan/plan.js';
import { spendable } from '../plan/stopping.js';
import type { PairVerdict } from '../schema/verdicts.js';
import { type Difference, LEAST_BLOCKS, type PairedDifference } from './paired.js';
import { criticalT } from './student.js';

export type { PairVerdict };

/** Family-wise error rate of the intervals of one load. */
export const ALPHA = 0.05;
/** The error rate that a run may use after `blocks` blocks; less than ALPHA if it can end early. */
export function alphaAfter({ stopping, blocks: first }: Planned, blocks: number): number {
  return ALPHA * spendable(stopping, first, blocks);
}

type Planned = Pick<Plan, 'stopping' | 'blocks'>;

/** The equivalence margin: ratios between 1/1.03 and 1.03 count as the same. */
export const MARGIN = 0.03;
/** Percentiles come from histograms with three significant digits, so no smaller difference is significant. */
export const RESOLUTION = 0.001;
/** Upper limit of the result of `blocksNeeded`. */
const MOST_NEEDED = 10_000;

export interface Comparison {
  readonly blocks: number;
  /** a/b: the geometric mean over blocks. Null if no block has both. */
  readonly ratio: number | null;
  /** Null if too few blocks have both. */
  readonly low: number | null;
  readonly high: number | null;
  readonly verdict: PairVerdict;
}

/** `a` and `b` are indices in the list of servers. */
export interface PairComparison extends Comparison {
  readonly a: number;
  readonly b: number;
}

/** `pairs`: all pairs of one load, because the intervals are simultaneous. `alpha`: their family-wise error rate. */
export function comparisons(pairs: readonly PairedDifference[], alpha = ALPHA): PairComparison[] {
  return pairs.map((pair) => {
    const { a, b } = pair;
    return { a, b, ...comparisonOf(pair, marginOf(pair, alpha / pairs.length)) };
  });
}

/** A comparison without an interval; it doesn't count among the simultaneous ones. */
export function untested(difference: Difference): Comparison {
  return comparisonOf(difference, Number.POSITIVE_INFINITY);
}

/** `margin`: half-width of the interval of the logarithm. */
function comparisonOf({ blocks, mean }: Difference, margin: number): Comparison {
  const known = Number.isFinite(margin);
  return {
    blocks,
    ratio: blocks === 0 ? null : Math.exp(mean),
    low: known ? Math.exp(mean - margin) : null,
    high: known ? Math.exp(mean + margin) : null,
    verdict: verdictOf(mean, margin),
  };
}

/** Half-width of the interval of the logarithm. */
function marginOf({ blocks, variance }: Difference, alpha: number): number {
  if (blocks < LEAST_BLOCKS) return Number.POSITIVE_INFINITY;
  return Math.max(
    RESOLUTION,
    criticalT(alpha, variance.freedom) * Math.sqrt(variance.value / blocks),
  );
}

export function verdictOf(mean: number, margin: number): PairVerdict {
  if (Math.abs(mean) > margin) return 'different';
  return Math.abs(mean) + margin < Math.log1p(MARGIN) ? 'same' : 'undecided';
}

/** The fewest blocks that would decide the pair with the same mean and spread at `alpha`; null above 10,000. */
export function blocksNeeded(pair: Difference, alpha: number): number | null {
  if (pair.blocks < LEAST_BLOCKS) return null;
  const decides = (blocks: number) => {
    const freedom = pair.variance.freedom + blocks - pair.blocks;
    const margin = marginOf({ ...pair, blocks, variance: { ...pair.variance, freedom } }, alpha);
    return verdictOf(pair.mean, margin) !== 'undecided';
  };
  let [low, high] = [pair.blocks, pair.blocks * 2];
  while (!decides(high)) {
    if (high > MOST_NEEDED) return null;
    [low, high] = [high, high * 2];
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (decides(middle)) high = middle;
    else low = middle;
  }
  return high > MOST_NEEDED ? null : high;
}
