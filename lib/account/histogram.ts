// The HDR geometry that the native recorder shares with hdr-histogram-js, and its counts in it.

import {
  build,
  decodeFromCompressedBase64,
  encodeIntoCompressedBase64,
  type Histogram,
} from 'hdr-histogram-js';
import type { IntervalColumns, SparseCounts } from '../native.js';

// 1 ns to 60 s with 3 significant digits: 2048 buckets of 1 ns, then 1024 for each doubling.
const HIGHEST_NS = 60e9;
const DIGITS = 3;
const BUCKETS_PER_DOUBLING = 1024;
const BUCKETS = 27 * BUCKETS_PER_DOUBLING;

/** What was recorded in one whole second, counted from the start instant of all client threads. */
interface Interval {
  readonly second: number;
  readonly counts: SparseCounts;
}

/** The seconds in which anything was recorded, in order. */
export type Intervals = readonly Interval[];

/** Latencies in microseconds. */
export interface Percentiles {
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

/** Percentiles, and the whole histogram in HDR's compressed encoding, so that trials can be merged. */
export interface Distribution extends Percentiles {
  readonly histogram: string;
}

/** Nothing recorded. */
export const NO_COUNTS: SparseCounts = {
  index: new Uint32Array(),
  count: new Float64Array(),
  min: 0,
  max: 0,
};

/** The lowest value, in ns, that bucket `index` counts. */
export function valueFromIndex(index: number): number {
  const doublings = Math.max(Math.floor(index / BUCKETS_PER_DOUBLING) - 1, 0);
  return (index - doublings * BUCKETS_PER_DOUBLING) * 2 ** doublings;
}

/** Rebuilds, without loss, the histogram that recording the values one by one would have made. */
export function toHistogram({ index, count, min, max }: SparseCounts): Histogram {
  const histogram = build({
    // 32-bit counts wrap without a word.
    bitBucketSize: 64,
    autoResize: false,
    lowestDiscernibleValue: 1,
    highestTrackableValue: HIGHEST_NS,
    numberOfSignificantValueDigits: DIGITS,
  });
  for (const [i, bucket] of index.entries()) {
    // The lowest bucket may begin below the least value: its exact minimum stands for it.
    histogram.recordValueWithCount(i === 0 ? min : valueFromIndex(bucket), at(count, i));
  }
  if (index.length > 0) histogram.recordValueWithCount(max, 0);
  return histogram;
}

/** The counts of several threads or processes, or of several seconds, as one. */
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

/** Of all seconds together. */
export function totalCounts(intervals: Intervals): SparseCounts {
  return mergeCounts(intervals.map(({ counts }) => counts));
}

/** The columns of one recorder, cut into seconds; nothing is copied. */
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

/** The intervals of several threads or processes as one series; their seconds coincide. */
export function mergeIntervals(list: readonly Intervals[]): Intervals {
  const bySecond = new Map<number, SparseCounts[]>();
  for (const { second, counts } of list.flat()) {
    bySecond.set(second, [...(bySecond.get(second) ?? []), counts]);
  }
  return [...bySecond]
    .sort(([a], [b]) => a - b)
    .map(([second, counts]) => ({ second, counts: mergeCounts(counts) }));
}

/** The mean in ns, within the width of a bucket (0.1 %); null if nothing was recorded. */
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
  // A percentile is the end of its bucket, which may lie beyond anything that was recorded.
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
  return { ...percentiles(histogram), histogram: encodeIntoCompressedBase64(histogram) };
}

/** Several trials as one. Throws for an encoding that is damaged. */
export function mergeHistograms(list: readonly Distribution[]): Histogram {
  const merged = toHistogram(NO_COUNTS);
  for (const { histogram } of list) merged.add(decoded(histogram));
  return merged;
}

function decoded(encoding: string): Histogram {
  try {
    return decodeFromCompressedBase64(encoding, 64);
  } catch (error) {
    throw new Error(`a latency histogram is damaged: ${(error as Error).message}`);
  }
}

/** Several trials as one; null where they hold nothing. Percentiles are never averaged. */
export function mergeDistributions(list: readonly Distribution[]): Percentiles | null {
  const merged = mergeHistograms(list);
  if (merged.totalCount === 0) return null;
  // The encoding keeps buckets: the exact maximum stands beside it.
  const max = Math.max(...list.map((each) => each.max));
  const { p50, p90, p99, p999 } = percentiles(merged);
  const capped = (value: number) => Math.min(value, max);
  return { p50: capped(p50), p90: capped(p90), p99: capped(p99), p999: capped(p999), max };
}

function at(column: Float64Array, i: number): number {
  return column[i] as number;
}
