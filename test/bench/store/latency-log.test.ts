/** A latency log begins with the measured window, even if its first second has no answer. */
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HistogramLogReader } from 'hdr-histogram-js';
import t from 'tap';
import { writeIntervalLog } from '../../../bench/store/hdr-files.js';
import { c10k } from '../../support/command.js';

const START = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

function secondsOf(text: string) {
  const reader = new HistogramLogReader(text, 64);
  const seconds: (readonly [startMs: number, count: number])[] = [];
  for (let next = reader.nextIntervalHistogram(); next; next = reader.nextIntervalHistogram())
    seconds.push([Math.round(next.startTimeStampMsec) - START, next.totalCount]);
  return seconds;
}

t.test('seconds without an answer at the start and at the end are in the log', async (t) => {
  const path = join(t.testdir(), 'latency.hlog');
  const counts = { index: Uint32Array.of(5), count: Float64Array.of(3), min: 5, max: 5 };
  await writeIntervalLog(path, [{ second: 2, counts }], { startEpochMs: START, seconds: 4 });
  t.strictSame(secondsOf(await readFile(path, 'utf8')), [
    [0, 0],
    [1000, 0],
    [2000, 3],
    [3000, 0],
  ]);
});

t.test('the log of a trial begins after the warm-up', async (t) => {
  const path = t.testdir();
  const load = ['--conns', '2', '--trials', '1', '--quiet', '--rate', '100'];
  const window = ['--duration', '100ms', '--warmup', '200ms'];
  await c10k(path, ...load, ...window, '--output', 'out');
  const records = readFileSync(join(path, 'out', 'trials.jsonl'), 'utf8')
    .trimEnd()
    .split('\n');
  for (const { trial, startedAt } of records.map((line) => JSON.parse(line))) {
    const name = readdirSync(join(path, 'out', 'trials')).find((one) =>
      one.startsWith(`${trial}-`),
    );
    const log = readFileSync(join(path, 'out', 'trials', name ?? '', 'latency.hlog'), 'utf8');
    const begin = Number(log.match(/^#\[StartTime: (\d+\.\d+)/m)?.[1]) * 1000;
    t.ok(begin >= Date.parse(startedAt) + 200, 'the difference is the warm-up');
    t.ok(begin <= Date.now());
  }
});
