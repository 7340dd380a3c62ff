/** Reads the data of a report from a trial's own files: requests per second of the window, means per connection. */
import { createReadStream, existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parse } from 'csv-parse/sync';
import { hdr } from '../../lib/account/histogram.js';
import type { TrialRecord } from '../record.js';
import type { Ranked, Second, TrialDetails } from '../statistics/stored-run.js';

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
  const reader = new (hdr().HistogramLogReader)(await readFile(path, 'utf8'), 64);
  const bySecond = new Map<number, Second>();
  const start = { ms: Number.NaN };
  for (;;) {
    const histogram = reader.nextIntervalHistogram();
    if (histogram === null) break;
    if (Number.isNaN(start.ms)) start.ms = histogram.startTimeStampMsec;
    const second = Math.round((histogram.startTimeStampMsec - start.ms) / 1000);
    const requests = histogram.totalCount;
    const p99Us = requests > 0 ? histogram.getValueAtPercentile(99) / 1000 : null;
    bySecond.set(second, { second, requests, p99Us });
  }
  return Array.from(
    { length: whole },
    (_, second) => bySecond.get(second) ?? { second, requests: 0, p99Us: null },
  );
}

/** For each second, the rate in the server's slices that began in it. */
async function readSlicedSeconds(path: string): Promise<Second[]> {
  const rows: Record<string, string>[] = parse(await readFile(path, 'utf8'), { columns: true });
  const own = rows.filter(({ side }) => side === 'server');
  const start = Number(own[0]?.from_ms);
  const bySecond = new Map<number, { requests: number; ms: number }>();
  for (const row of own) {
    const second = Math.floor((Number(row.from_ms) - start) / 1000);
    const sum = bySecond.get(second) ?? { requests: 0, ms: 0 };
    sum.requests += Number(row.requests);
    sum.ms += Number(row.to_ms) - Number(row.from_ms);
    bySecond.set(second, sum);
  }
  if (bySecond.size < FEWEST_SECONDS) return [];
  return [...bySecond].map(([second, { requests, ms }]) => ({
    second,
    requests: (requests / ms) * 1000,
    p99Us: null,
  }));
}

async function readServiceMeans(path: string): Promise<Float64Array> {
  if (!existsSync(path)) return new Float64Array();
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
  const values: number[] = [];
  let column = -1;
  for await (const line of lines) {
    // No quoting: the fields before the last are numbers and addresses.
    const fields = line.split(',');
    if (column < 0) column = fields.indexOf('service_us_mean');
    else if (fields[column]) values.push(Number(fields[column]));
    if (column < 0) break;
  }
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
