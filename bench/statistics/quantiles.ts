/** Points of a distribution for a graph: the percentiles, and more points in the tail. */
import type { Histogram } from 'hdr-histogram-js';
import { type Distribution, mergeHistograms } from '../../lib/account/histogram.js';

export interface Quantile {
  /** Fraction of the values at or below, 0 to 1. */
  readonly share: number;
  readonly us: number;
}

const BODY = 100;
const TAIL_PER_DECADE = 12;

/** The quantiles of several trials merged; empty if nothing was recorded. */
export function quantiles(list: readonly Distribution[]): readonly Quantile[] {
  const merged = mergeHistograms(list);
  if (merged.totalCount === 0) return [];
  const max = Math.max(...list.map((each) => each.max));
  return sharesFor(merged).map((share) => ({
    share,
    us: Math.min(merged.getValueAtPercentile(share * 100) / 1000, max),
  }));
}

/** Every percentile, then evenly on a logarithmic tail scale (99 %, 99.9 %, …) as far as there are values. */
function sharesFor({ totalCount }: Histogram): number[] {
  const body = Array.from({ length: BODY }, (_, i) => i / BODY);
  const decades = Math.log10(totalCount);
  const steps = Math.max(0, Math.floor((decades - 2) * TAIL_PER_DECADE));
  const tail = Array.from({ length: steps + 1 }, (_, i) => 1 - 10 ** -(2 + i / TAIL_PER_DECADE));
  return totalCount < BODY ? body : [...body, ...tail.slice(1), 1 - 1 / totalCount];
}
