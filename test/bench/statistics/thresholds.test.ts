import t from 'tap';
import { thresholds } from '../../../bench/commands/options/conditions.js';
import { summarize } from '../../../bench/statistics/summarize.js';
import { check } from '../../../bench/statistics/thresholds.js';
import { cellOf, FIXED, latencies, measurementOf, recordOf } from '../../support/cells.js';

const cell = cellOf();

function rowsOf(...throughputs: number[]) {
  const latency = latencies(6_000_000);
  const records = throughputs.map((throughput) =>
    recordOf(cell, { measurement: measurementOf({ throughput, efficiency: throughput, latency }) }),
  );
  return summarize({ cells: [cell], controls: [], ...FIXED }, records);
}

function isBroken(text: string, rows = rowsOf(1000)): boolean {
  return thresholds(text).some((each) => check(each, rows).broken.length > 0);
}

t.test('a threshold states the condition that must not be met', async (t) => {
  t.equal(isBroken('p99>5ms'), true);
  t.equal(isBroken('p99>7ms'), false);
  t.equal(isBroken('p99<7ms'), true);
  t.equal(isBroken('throughput<1001'), true);
  t.equal(isBroken('failures>0'), false);
  t.equal(isBroken('failures>0, p50 > 5ms'), true);
});

t.test('a number may have an SI prefix, as in tables', async (t) => {
  t.equal(isBroken('throughput<1M'), true);
  t.equal(isBroken('throughput<0.9k'), false);
  t.throws(() => thresholds('throughput<1m'), /not a number/);
  t.throws(() => thresholds('throughput<1MB'), /not a number/);
});

t.test('an unknown figure does not trigger a threshold', async (t) => {
  t.equal(isBroken('to-control<5'), false);
});

t.test('a malformed threshold is refused', async (t) => {
  for (const text of ['', 'p99', 'p98>5ms', 'p99>5', 'p99=5ms', 'throughput>fast', 'p99>5ms,'])
    t.throws(() => thresholds(text), text);
});
