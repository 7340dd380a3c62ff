// Compares rebuilt histograms with histograms that recorded the raw values.

import { build, encodeIntoCompressedBase64, type Histogram } from 'hdr-histogram-js';
import t from 'tap';
import {
  mergeCounts,
  mergeIntervals,
  NO_COUNTS,
  percentiles,
  splitIntervals,
  toHistogram,
  valueFromIndex,
} from '../../../lib/account/histogram.js';
import type { IntervalColumns, SparseCounts } from '../../../lib/native-data.js';

const EDGES = [1, 2047, 2048, 3600e9];

// The native recorder's formula, in 64-bit integers like the original.
function indexOf(value: number): number {
  const wide = BigInt(value);
  const bucket = BigInt((wide | 2047n).toString(2).length - 11);
  return Number((bucket << 10n) + (wide >> bucket));
}

function record(values: readonly number[]): SparseCounts {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(indexOf(value), (counts.get(indexOf(value)) ?? 0) + 1);
  const index = Uint32Array.from(counts.keys()).sort();
  return {
    index,
    count: Float64Array.from(index, (bucket) => counts.get(bucket) ?? 0),
    min: values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
    max: values.reduce((a, b) => Math.max(a, b), 0),
  };
}

function recordDirectly(values: readonly number[]): Histogram {
  const histogram = build({
    bitBucketSize: 64,
    autoResize: false,
    lowestDiscernibleValue: 1,
    highestTrackableValue: 3600e9,
    numberOfSignificantValueDigits: 3,
  });
  for (const value of values) histogram.recordValue(value);
  return histogram;
}

// Numerical Recipes' generator; every doubling between 1 ns and one hour is equally likely.
function logUniform(size: number, seed = 2026): readonly number[] {
  let state = seed;
  return Array.from({ length: size }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.min(3600e9, Math.max(1, Math.floor(3600e9 ** (state / 2 ** 32))));
  });
}

function facts(histogram: Histogram) {
  const shares = [0, 1, 10, 25, 50, 75, 90, 99, 99.9, 99.99, 99.999, 100];
  return {
    percentiles: shares.map((share) => histogram.getValueAtPercentile(share)),
    min: histogram.minNonZeroValue,
    max: histogram.maxValue,
    mean: histogram.mean,
    deviation: histogram.stdDeviation,
    total: histogram.totalCount,
    table: histogram.outputPercentileDistribution(),
    encoded: encodeIntoCompressedBase64(histogram),
  };
}

function columnsOf(seconds: ReadonlyMap<number, readonly number[]>): IntervalColumns {
  const recorded = [...seconds].map(([second, values]) => ({ second, ...record(values) }));
  return {
    intervalSecond: Uint32Array.from(
      recorded.flatMap(({ second, index }) => Array.from(index, () => second)),
    ),
    intervalIndex: Uint32Array.from(recorded.flatMap(({ index }) => [...index])),
    intervalCount: Float64Array.from(recorded.flatMap(({ count }) => [...count])),
    seconds: Uint32Array.from(seconds.keys()),
    minima: Float64Array.from(recorded, ({ min }) => min),
    maxima: Float64Array.from(recorded, ({ max }) => max),
  };
}

t.test('the lowest value of a bucket belongs to it, and the value below does not', async (t) => {
  const wrong = Array.from({ length: indexOf(3600e9) }, (_, i) => i + 1).filter(
    (i) => indexOf(valueFromIndex(i)) !== i || indexOf(valueFromIndex(i) - 1) !== i - 1,
  );
  t.strictSame(wrong, []);
  t.equal(valueFromIndex(0), 0);
});

t.test('a rebuilt histogram equals one that recorded the raw values', async (t) => {
  const sample = logUniform(200_000);
  const samples: Record<string, readonly number[]> = {
    'log-uniform values and the edges': [...sample, ...EDGES],
    'extremes inside their buckets': sample.filter((ns) => ns > 5001 && ns < 1_000_003),
    'two values of one bucket': [4_000_001, 4_000_003],
    'one value': [2049],
    'the least value': [1],
    'the highest value': [3600e9],
  };
  for (const [name, values] of Object.entries(samples)) {
    t.strictSame(facts(toHistogram(record(values))), facts(recordDirectly(values)), name);
  }
});

t.test('a histogram without counts is empty', async (t) => {
  t.strictSame(facts(toHistogram(NO_COUNTS)), facts(recordDirectly([])));
  t.strictSame(percentiles(toHistogram(NO_COUNTS)), { p50: 0, p90: 0, p99: 0, p999: 0, max: 0 });
});

t.test('counts beyond 32 bits are kept', async (t) => {
  const counts = { index: Uint32Array.of(5), count: Float64Array.of(2 ** 40), min: 5, max: 5 };
  t.equal(toHistogram(mergeCounts([counts, counts])).totalCount, 2 ** 41);
});

t.test('merged counts equal those of one histogram of all values', async (t) => {
  const values = [...logUniform(20_000), ...EDGES];
  const shares = [0, 1, 2].map((share) => values.filter((_, i) => i % 3 === share));
  const merged = mergeCounts([NO_COUNTS, ...shares.map(record)]);
  t.strictSame(merged, record(values));
  t.strictSame(mergeCounts([]), NO_COUNTS);
  t.strictSame(mergeCounts([NO_COUNTS, NO_COUNTS]), NO_COUNTS);
});

t.test('columns are split into the seconds in which they were recorded', async (t) => {
  const seconds = new Map([
    [0, [1, 2048, 2049]],
    [1, logUniform(1000)],
    [4, [3600e9]],
  ]);
  t.strictSame(
    splitIntervals(columnsOf(seconds)),
    [...seconds].map(([second, values]) => ({ second, counts: record(values) })),
  );
  t.strictSame(splitIntervals(columnsOf(new Map())), []);
});

t.test('intervals of several recorders merge second by second, in order', async (t) => {
  const first = splitIntervals(
    columnsOf(
      new Map([
        [2, [10, 20]],
        [3, [30]],
      ]),
    ),
  );
  const second = splitIntervals(
    columnsOf(
      new Map([
        [0, [5]],
        [3, [30, 40_000]],
      ]),
    ),
  );
  t.strictSame(mergeIntervals([first, second, []]), [
    { second: 0, counts: record([5]) },
    { second: 2, counts: record([10, 20]) },
    { second: 3, counts: record([30, 30, 40_000]) },
  ]);
  t.strictSame(mergeIntervals([]), []);
});

t.test('percentiles are microseconds and never exceed the maximum', async (t) => {
  const values = Array.from({ length: 1000 }, (_, i) => (i + 1) * 1000);
  const { p50, p90, p99, p999, max } = percentiles(toHistogram(record(values)));
  for (const [found, wanted] of [
    [p50, 500],
    [p90, 900],
    [p99, 990],
    [p999, 999],
  ] as const) {
    t.ok(found >= wanted && found <= wanted * 1.001, `${found} is ${wanted} within its bucket`);
  }
  t.equal(max, 1000);
  t.equal(percentiles(toHistogram(record([4_000_001]))).p50, 4000.001);
});
