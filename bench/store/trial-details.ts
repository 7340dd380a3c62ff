/** Reads the data of a report from a trial's own files: requests per second of the window, means per connection. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HistogramLogReader } from 'hdr-histogram-js';
import { hdr } from '../../lib/account/histogram.js';
import { UsageError } from '../cli/usage-error.js';
import type { TrialRecord } from '../record.js';
import type { Ranked, Second, TrialDetails } from '../statistics/stored-run.js';
import { DECIMAL, readTable, WHOLE } from './read-table.js';

/** Largest number of points in a graph. */
const MOST_POINTS = 400;
/** With fewer seconds a graph over time shows nothing. */
const FEWEST_SECONDS = 3;

export async function readDetails(directory: string, record: TrialRecord): Promise<TrialDetails> {
  const means = await readServiceMeans(join(directory, 'clients.csv'));
  return {
    trial: record.trial,
    seconds: await readSeconds(directory, record),
    serviceMeans: thinned(means.sort()),
    connectionsWithMean: means.length,
  };
}

/** The whole seconds of the window; the count of a partial second would look like a stall. */
async function readSeconds(directory: string, { measurement }: TrialRecord): Promise<Second[]> {
  const slices = join(directory, 'slices.csv');
  if (existsSync(slices)) return readSlicedSeconds(slices);
  const path = join(directory, 'latency.hlog');
  const whole = Math.floor(measurement?.windowS ?? 0);
  if (whole < FEWEST_SECONDS || !existsSync(path)) return [];
  const bySecond = new Map(
    intervalsOf(path, await readFile(path, 'utf8')).map((each) => [each.second, each]),
  );
  return Array.from(
    { length: whole },
    (_, second) => bySecond.get(second) ?? { second, requests: 0, p99Us: null },
  );
}

/** The intervals of a latency log. Throws UsageError if it is none. */
function intervalsOf(path: string, text: string): Second[] {
  const refuse = (what: string): never => {
    throw new UsageError(`${path}${what}; allowed: a file of a c10k run`);
  };
  const reader = new (hdr().HistogramLogReader)(text, 64);
  const found: Second[] = [];
  for (let startMs = Number.NaN; ; ) {
    const at = `, interval ${found.length + 1}: `;
    const histogram = nextInterval(reader, ({ message }) => refuse(`${at}${message}`));
    if (histogram === null) return found.length > 0 ? found : refuse(': has no interval');
    const { startTimeStampMsec: ms, totalCount: requests } = histogram;
    if (Number.isNaN(ms)) refuse(`${at}its start is not a number`);
    if (Number.isNaN(startMs)) startMs = ms;
    const p99Us = requests > 0 ? histogram.getValueAtPercentile(99) / 1000 : null;
    found.push({ second: Math.round((ms - startMs) / 1000), requests, p99Us });
  }
}

function nextInterval(reader: HistogramLogReader, refuse: (error: Error) => never) {
  try {
    return reader.nextIntervalHistogram();
  } catch (error) {
    return refuse(error as Error);
  }
}

const SIDE = {
  name: 'server or control',
  matches: (value: string) => value === 'server' || value === 'control',
};

/** For each second, the rate in the server's slices that began in it. */
async function readSlicedSeconds(path: string): Promise<Second[]> {
  const bySecond = new Map<number, { requests: number; ms: number }>();
  let start: number | null = null;
  await readTable({ path, table: 'slices', where: path }, (get) => {
    if (get('side', SIDE) !== 'server') return;
    const from = Number(get('from_ms', DECIMAL));
    start ??= from;
    const second = Math.floor((from - start) / 1000);
    const sum = bySecond.get(second) ?? { requests: 0, ms: 0 };
    sum.requests += Number(get('requests', WHOLE));
    sum.ms += Number(get('to_ms', DECIMAL)) - from;
    bySecond.set(second, sum);
  });
  if (bySecond.size < FEWEST_SECONDS) return [];
  return [...bySecond].map(([second, { requests, ms }]) => ({
    second,
    requests: (requests / ms) * 1000,
    p99Us: null,
  }));
}

/** Empty for a connection without an answer. */
const MEAN = {
  name: DECIMAL.name,
  matches: (value: string) => value === '' || DECIMAL.matches(value),
};

async function readServiceMeans(path: string): Promise<Float64Array> {
  const values: number[] = [];
  if (existsSync(path))
    await readTable({ path, table: 'means', where: path }, (get) => {
      const mean = get('service_us_mean', MEAN);
      if (mean !== '') values.push(Number(mean));
    });
  return Float64Array.from(values);
}

/** A sample with evenly spaced ranks, including the first and the last value. */
function thinned(sorted: Float64Array): Ranked[] {
  const last = sorted.length - 1;
  const points = Math.min(sorted.length, MOST_POINTS);
  return Array.from({ length: points }, (_, i) => {
    const at = points === 1 ? 0 : Math.round((i * last) / (points - 1));
    return { rank: last === 0 ? 1 : at / last, value: sorted[at] as number };
  });
}
