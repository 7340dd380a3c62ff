// HDR histograms: the bucket geometry shared by the native recorder and hdr-histogram-js, merging
// and percentiles.

import { createRequire } from 'node:module';
import type { Histogram } from 'hdr-histogram-js';
import type { IntervalColumns, SparseCounts } from '../native-data.js';
import type { Distribution, Percentiles } from '../schema/latency.js';

export type { Distribution, Percentiles };

const require = createRequire(import.meta.url);

/** Loaded on demand, because it takes longer to load than Node.js to start, and most commands begin without it. */
export const hdr = () => require('hdr-histogram-js') as typeof import('hdr-histogram-js');

// 1 ns to one hour with 3 significant digits: 2048 buckets of 1 ns, then 1024 for each doubling.
const HIGHEST_NS = 3600e9;
const DIGITS = 3;
const BUCKETS_PER_DOUBLING = 1024;
const BUCKETS = 33 * BUCKETS_PER_DOUBLING;

/**
 * The latencies recorded in one second; seconds are counted from the common start of all client
 * threads.
 */
interface Interval {
  readonly second: number;
  readonly counts: SparseCounts;
}

/** The seconds with recorded values, in order. */
export type Intervals = readonly Interval[];

/** The counts of an empty histogram. */
export const NO_COUNTS: SparseCounts = {
  index: new Uint32Array(),
  count: new Float64Array(),
  min: 0,
  max: 0,
};

/** The lowest value, in ns, of bucket `index`. */
export function valueFromIndex(index: number): number {
  const doublings = Math.max(Math.floor(index / BUCKETS_PER_DOUBLING) - 1, 0);
  return (index - doublings * BUCKETS_PER_DOUBLING) * 2 ** doublings;
}

/** Rebuilds the histogram without loss, as if its values were recorded one by one. */
export function toHistogram({ index, count, min, max }: SparseCounts): Histogram {
  const histogram = hdr().build({
    // 32-bit counts would overflow silently.
    bitBucketSize: 64,
    autoResize: false,
    lowestDiscernibleValue: 1,
    highestTrackableValue: HIGHEST_NS,
    numberOfSignificantValueDigits: DIGITS,
  });
  for (const [i, bucket] of index.entries()) {
    // The lowest bucket may begin below the minimum, so record the exact minimum instead.
    histogram.recordValueWithCount(i === 0 ? min : valueFromIndex(bucket), at(count, i));
  }
  if (index.length > 0) histogram.recordValueWithCount(max, 0);
  return histogram;
}

/** Merges the counts of several threads, processes or seconds. */
export function mergeCounts(list: readonly SparseCounts[]): SparseCounts {
  const filled = list.filter(({ index }) => index.length > 0);
  const [first = NO_COUNTS, ...others] = filled;
  if (others.length === 0) return first;
  const counts = new Float64Array(BUCKETS);
  for (const { index, count } of filled) {
    for (const [i, bucket] of index.entries()) counts[bucket] = at(counts, bucket) + at(count, i);
  }
  const index = Uint32Array.from(counts.keys()).filter((bucket) => at(counts, bucket) > 0);
  return {
    index,
    count: Float64Array.from(index, (bucket) => at(counts, bucket)),
    min: Math.min(...filled.map(({ min }) => min)),
    max: Math.max(...filled.map(({ max }) => max)),
  };
}

/** The merged counts of all seconds. */
export function totalCounts(intervals: Intervals): SparseCounts {
  return mergeCounts(intervals.map(({ counts }) => counts));
}

/** Splits the columns of one recorder into seconds, without copying. */
export function splitIntervals(columns: IntervalColumns): Intervals {
  const { intervalSecond, intervalIndex, intervalCount, minima, maxima } = columns;
  let end = 0;
  return Array.from(columns.seconds, (second, i) => {
    const begin = end;
    while (intervalSecond[end] === second) end++;
    const index = intervalIndex.subarray(begin, end);
    const count = intervalCount.subarray(begin, end);
    return { second, counts: { index, count, min: at(minima, i), max: at(maxima, i) } };
  });
}

/** Merges the intervals of several threads or processes, second by second. */
export function mergeIntervals(list: readonly Intervals[]): Intervals {
  const bySecond = new Map<number, SparseCounts[]>();
  for (const { second, counts } of list.flat()) {
    bySecond.set(second, [...(bySecond.get(second) ?? []), counts]);
  }
  return [...bySecond]
    .sort(([a], [b]) => a - b)
    .map(([second, counts]) => ({ second, counts: mergeCounts(counts) }));
}

/** The mean in ns, with the precision of a bucket (0.1 %); null if nothing was recorded. */
export function meanOf({ index, count }: SparseCounts): number | null {
  let [sum, values] = [0, 0];
  for (const [i, bucket] of index.entries()) {
    const middle = (valueFromIndex(bucket) + valueFromIndex(bucket + 1)) / 2;
    sum += middle * at(count, i);
    values += at(count, i);
  }
  return values === 0 ? null : sum / values;
}

/** The percentiles that the tables show; all 0 if nothing was recorded. */
export function percentiles(histogram: Histogram): Percentiles {
  // A percentile is the end of its bucket, which may exceed the recorded maximum.
  const microseconds = (percentile: number) =>
    Math.min(histogram.getValueAtPercentile(percentile), histogram.maxValue) / 1000;
  return {
    p50: microseconds(50),
    p90: microseconds(90),
    p99: microseconds(99),
    p999: microseconds(99.9),
    max: histogram.maxValue / 1000,
  };
}

export function distribution(counts: SparseCounts): Distribution {
  const histogram = toHistogram(counts);
  return { ...percentiles(histogram), histogram: hdr().encodeIntoCompressedBase64(histogram) };
}

/** Merges the histograms of several trials. Throws if an encoding is corrupt. */
export function mergeHistograms(list: readonly Distribution[]): Histogram {
  const merged = toHistogram(NO_COUNTS);
  for (const { histogram } of list) merged.add(decoded(histogram));
  return merged;
}

function decoded(encoding: string): Histogram {
  try {
    return hdr().decodeFromCompressedBase64(encoding, 64);
  } catch (error) {
    throw new Error(`corrupt latency histogram: ${(error as Error).message}`);
  }
}

/**
 * Merges the distributions of several trials; null if they are empty. Percentiles are never
 * averaged.
 */
export function mergeDistributions(list: readonly Distribution[]): Percentiles | null {
  const merged = mergeHistograms(list);
  if (merged.totalCount === 0) return null;
  // The encoding keeps only buckets, so take the exact maximum from the summaries.
  const max = Math.max(...list.map((each) => each.max));
  const { p50, p90, p99, p999 } = percentiles(merged);
  const capped = (value: number) => Math.min(value, max);
  return { p50: capped(p50), p90: capped(p90), p99: capped(p99), p999: capped(p999), max };
}

function at(column: Float64Array, i: number): number {
  return column[i] as number;
}
