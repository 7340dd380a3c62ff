/** Medians, and a 95 % bootstrap interval of a median: Efron 1979, the percentile method. */

import { quantileSorted, median as sampleMedian } from 'simple-statistics';
import { seeded } from '../../lib/random.js';

export interface Estimate {
  readonly median: number;
  /** Null with fewer than two values: one tells nothing of its own uncertainty. */
  readonly low: number | null;
  readonly high: number | null;
}

const RESAMPLES = 2000;

/** Null where nothing is known. */
export function medianOf(values: readonly (number | null | undefined)[]): number | null {
  const known = values.filter((value): value is number => typeof value === 'number');
  return known.length === 0 ? null : sampleMedian(known);
}

/** The same values give the same interval: the resampling is seeded. */
export function estimate(values: readonly (number | null)[]): Estimate | null {
  const known = values.filter((value): value is number => value !== null);
  if (known.length === 0) return null;
  const median = sampleMedian(known);
  if (known.length < 2) return { median, low: null, high: null };
  const random = seeded(1);
  const resampled = Float64Array.from({ length: RESAMPLES }, () =>
    sampleMedian(known.map(() => known[Math.floor(random() * known.length)] as number)),
  ).sort();
  const at = (share: number) => quantileSorted([...resampled], share);
  return { median, low: at(0.025), high: at(0.975) };
}
