/**
 * Ratios of all pairs under one load, with intervals that hold together: among equal servers any of them excludes 1 in
 * at most 5 % of runs. Student's t of moderated variances at Bonferroni's level: Dunn 1961. Pure.
 */
import type { PairedDifference } from './paired.js';
import { LEAST_BLOCKS } from './paired.js';
import { criticalT } from './student.js';

/** How often any interval of a load may miss. */
export const ALPHA = 0.05;
/** Servers whose ratio lies between 1/1.03 and 1.03 do the same for all who choose between them. */
export const MARGIN = 0.03;
/** Nobody runs more blocks than this to tell two servers apart. */
const MOST_BLOCKS = 10_000;

export type PairVerdict = 'different' | 'same' | 'undecided';

export interface PairComparison {
  readonly a: number;
  readonly b: number;
  readonly blocks: number;
  /** Of a's figure to b's: the geometric mean over blocks. Null where no block has both. */
  readonly ratio: number | null;
  /** Null where too few blocks have both. */
  readonly low: number | null;
  readonly high: number | null;
  readonly verdict: PairVerdict;
}

/** `pairs`: all of one load, for their intervals hold together. */
export function comparisons(pairs: readonly PairedDifference[]): PairComparison[] {
  return pairs.map((pair) => comparisonOf(pair, ALPHA / pairs.length));
}

function comparisonOf(pair: PairedDifference, alpha: number): PairComparison {
  const { a, b, blocks, mean } = pair;
  const margin = marginOf(pair, alpha);
  const verdict = verdictOf(mean, margin);
  return {
    ...{ a, b, blocks, verdict },
    ratio: blocks === 0 ? null : Math.exp(mean),
    low: Number.isFinite(margin) ? Math.exp(mean - margin) : null,
    high: Number.isFinite(margin) ? Math.exp(mean + margin) : null,
  };
}

/** Half the interval of the logarithm, with so many blocks of the same spread. */
function marginOf({ blocks, variance }: PairedDifference, alpha: number): number {
  if (blocks < LEAST_BLOCKS) return Number.POSITIVE_INFINITY;
  return criticalT(alpha, variance.freedom) * Math.sqrt(variance.value / blocks);
}

function verdictOf(mean: number, margin: number): PairVerdict {
  if (Math.abs(mean) > margin) return 'different';
  return Math.abs(mean) + margin < Math.log1p(MARGIN) ? 'same' : 'undecided';
}

/**
 * The fewest blocks in which the same mean and spread would be a verdict, with so many pairs to decide; null where none is
 * in sight.
 */
export function blocksNeeded(pair: PairedDifference, pairs: number): number | null {
  if (pair.blocks < LEAST_BLOCKS) return null;
  const alpha = ALPHA / pairs;
  const decides = (blocks: number) => {
    const freedom = pair.variance.freedom + blocks - pair.blocks;
    const margin = marginOf({ ...pair, blocks, variance: { ...pair.variance, freedom } }, alpha);
    return verdictOf(pair.mean, margin) !== 'undecided';
  };
  let [low, high] = [pair.blocks, pair.blocks * 2];
  while (!decides(high)) {
    if (high > MOST_BLOCKS) return null;
    [low, high] = [high, high * 2];
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (decides(middle)) high = middle;
    else low = middle;
  }
  return high;
}
