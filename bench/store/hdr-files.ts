// Writes the latency files of a trial in the two HDR histogram formats, .hlog and .hgrm.

import { writeFile } from 'node:fs/promises';
import type { Histogram, HistogramLogWriter } from 'hdr-histogram-js';
import { hdr, type Intervals, NO_COUNTS, toHistogram } from '../../lib/account/histogram.js';

const NS_PER_US = 1000;

interface LogHeader {
  /** Start of second 0, in milliseconds since the epoch. */
  readonly startEpochMs: number;
  /** Number of measured seconds, including those at the end without a response. */
  readonly seconds?: number;
  /** Comment lines. */
  readonly comments?: readonly string[];
  /** Name of the series; the format allows no comma, blank or line break in it. */
  readonly tag?: string;
}

/** Writes an `.hlog`: one histogram in ns per second, including seconds without a response. */
export async function writeIntervalLog(
  path: string,
  intervals: Intervals,
  header: LogHeader,
): Promise<void> {
  const { startEpochMs, tag } = header;
  if (tag !== undefined && !/^[^\s,]+$/.test(tag))
    throw new Error(`tag ${JSON.stringify(tag)}: empty, or contains a comma or a blank`);
  const chunks: string[] = [];
  const writer = new (hdr().HistogramLogWriter)((chunk) => chunks.push(chunk));
  writer.baseTime = startEpochMs;
  writeHeader(writer, header);
  for (const { second, counts } of everySecond(intervals, header.seconds ?? 0)) {
    const histogram = toHistogram(counts);
    histogram.startTimeStampMsec = startEpochMs + second * 1000;
    histogram.endTimeStampMsec = histogram.startTimeStampMsec + 1000;
    if (tag !== undefined) histogram.tag = tag;
    writer.outputIntervalHistogram(histogram, undefined, undefined, NS_PER_US);
  }
  await writeFile(path, chunks.join(''));
}

function writeHeader(writer: HistogramLogWriter, { startEpochMs, comments = [] }: LogHeader) {
  for (const line of comments.flatMap((comment) => comment.split(/\r\n|\r|\n/))) {
    // The blank distinguishes the comment from those that the format defines.
    writer.outputComment(` ${line}`);
  }
  writer.outputComment(' Values are nanoseconds; Interval_Max is microseconds.');
  writer.outputLogFormatVersion();
  // Not outputStartTime, because it writes a blank line, which the Java tools can't read.
  const start = `${(startEpochMs / 1000).toFixed(3)} (seconds since epoch)`;
  writer.outputComment(`[StartTime: ${start}, ${new Date(startEpochMs).toISOString()}]`);
  writer.outputComment(`[BaseTime: ${start}]`);
  writer.outputLegend();
}

// A second without a response gets an empty histogram, so that it can't be mistaken for a gap in the log.
function everySecond(intervals: Intervals, atLeast: number): Intervals {
  const bySecond = new Map(intervals.map((interval) => [interval.second, interval]));
  const length = Math.max(atLeast, (intervals.at(-1)?.second ?? -1) + 1);
  return Array.from(
    { length },
    (_, second) => bySecond.get(second) ?? { second, counts: NO_COUNTS },
  );
}

/** Writes an `.hgrm`: the percentile table, its values in microseconds. */
export async function writePercentiles(path: string, histogram: Histogram): Promise<void> {
  const table = histogram.outputPercentileDistribution(undefined, NS_PER_US);
  // At the end, with the format's other comments, because some readers expect the legend first.
  await writeFile(path, `${table}#[Values are microseconds]\n`);
}
