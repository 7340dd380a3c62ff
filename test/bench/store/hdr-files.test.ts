// The files of a trial, read back with the reader of hdr-histogram-js.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Histogram, HistogramLogReader } from 'hdr-histogram-js';
import t from 'tap';
import { writeIntervalLog, writePercentiles } from '../../../bench/store/hdr-files.js';
import {
  type Intervals,
  mergeCounts,
  NO_COUNTS,
  toHistogram,
} from '../../../lib/account/histogram.js';

const START = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

// Second 2 is missing: a server that stalled. 2047 ns and 60 s are bucket limits of the histogram.
const INTERVALS: Intervals = [
  {
    second: 0,
    counts: countsOf(
      [
        [1, 3],
        [2047, 4],
      ],
      1,
      2047,
    ),
  },
  {
    second: 1,
    counts: countsOf(
      [
        [1500, 20_000],
        [9000, 5],
      ],
      1500,
      264_000,
    ),
  },
  {
    second: 3,
    counts: countsOf(
      [
        [2048, 7],
        [27_388, 1],
      ],
      2049,
      60e9,
    ),
  },
];

function countsOf(rows: readonly (readonly [number, number])[], min: number, max: number) {
  const index = Uint32Array.from(rows, ([bucket]) => bucket);
  return { index, count: Float64Array.from(rows, ([, count]) => count), min, max };
}

function readLog(text: string): readonly Histogram[] {
  const reader = new HistogramLogReader(text, 64);
  const histograms: Histogram[] = [];
  for (let next = reader.nextIntervalHistogram(); next; next = reader.nextIntervalHistogram()) {
    histograms.push(next);
  }
  return histograms;
}

function facts(histogram: Histogram) {
  const shares = [0, 50, 90, 99, 99.9, 99.99, 100];
  return {
    total: histogram.totalCount,
    mean: histogram.mean,
    percentiles: shares.map((share) => histogram.getValueAtPercentile(share)),
  };
}

t.test('an interval log read back has the same counts in the same seconds', async (t) => {
  const path = join(t.testdir(), 'latency.hlog');
  await writeIntervalLog(path, INTERVALS, { startEpochMs: START });
  const read = readLog(await readFile(path, 'utf8'));
  t.strictSame(
    read.map((histogram) => [
      Math.round(histogram.startTimeStampMsec),
      Math.round(histogram.endTimeStampMsec),
    ]),
    [0, 1, 2, 3].map((second) => [START + second * 1000, START + second * 1000 + 1000]),
  );
  for (const [second, histogram] of read.entries()) {
    const counts = INTERVALS.find((interval) => interval.second === second)?.counts ?? NO_COUNTS;
    t.strictSame(facts(histogram), facts(toHistogram(counts)), `second ${second}`);
  }
});

t.test('the intervals of a log add up to the complete histogram', async (t) => {
  const path = join(t.testdir(), 'latency.hlog');
  await writeIntervalLog(path, INTERVALS, { startEpochMs: START });
  const sum = toHistogram(NO_COUNTS);
  for (const histogram of readLog(await readFile(path, 'utf8'))) sum.add(histogram);
  const whole = toHistogram(mergeCounts(INTERVALS.map(({ counts }) => counts)));
  t.strictSame(facts(sum), facts(whole));
});

t.test('a log states its start time, contents and units', async (t) => {
  const path = join(t.testdir(), 'latency.hlog');
  const comments = ['epoll, 1000 connections', '[StartTime: 1\n2,no,interval,line'];
  await writeIntervalLog(path, INTERVALS, { startEpochMs: START, comments, tag: 'service-time' });
  const text = await readFile(path, 'utf8');
  const lines = text.split('\n');
  t.strictSame(lines.slice(0, 8), [
    '# epoll, 1000 connections',
    '# [StartTime: 1',
    '# 2,no,interval,line',
    '# Values are nanoseconds; Interval_Max is microseconds.',
    '#[Histogram log format version 1.3]',
    '#[StartTime: 1767323045.678 (seconds since epoch), 2026-01-02T03:04:05.678Z]',
    '#[BaseTime: 1767323045.678 (seconds since epoch)]',
    '"StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"',
  ]);
  t.match(lines[8], /^Tag=service-time,0\.000,1\.000,2\.047,HIST/);
  t.match(lines[11], /^Tag=service-time,3\.000,1\.000,60000000\.000,HIST/);
  t.equal(text.indexOf('\n\n'), -1, 'no blank line, because it ends the log for the Java reader');
  t.strictSame(new Set(readLog(text).map(({ tag }) => tag)), new Set(['service-time']));
});

t.test('a tag that the format cannot represent is refused', async (t) => {
  const path = join(t.testdir(), 'latency.hlog');
  for (const tag of ['', 'service time', 'a,b', 'a\nb']) {
    await t.rejects(
      writeIntervalLog(path, INTERVALS, { startEpochMs: START, tag }),
      /tag .*: empty, or contains/,
    );
  }
});

t.test('a log without intervals consists of the header', async (t) => {
  const path = join(t.testdir(), 'latency.hlog');
  await writeIntervalLog(path, [], { startEpochMs: START });
  t.strictSame(readLog(await readFile(path, 'utf8')), []);
});

t.test('a percentile table is in microseconds, and states it', async (t) => {
  const path = join(t.testdir(), 'latency.hgrm');
  const histogram = toHistogram(mergeCounts(INTERVALS.map(({ counts }) => counts)));
  await writePercentiles(path, histogram);
  const text = await readFile(path, 'utf8');
  t.ok(text.startsWith('       Value     Percentile TotalCount 1/(1-Percentile)\n\n'));
  t.match(text, /#\[Max {5}= 60000000\.000, Total count {4}= +20020\]/);
  t.ok(text.endsWith('#[Values are microseconds]\n'));
  t.match(text, /^ +1\.500 0\.500000000000 /m);
});
