import pc from 'picocolors';
import t from 'tap';
import { thresholdLines } from '../../../../bench/report/terminal/thresholds.js';
import { namesIn } from '../../../../bench/report/text/server-name.js';
import { type Row, summarize } from '../../../../bench/statistics/summarize.js';
import { check } from '../../../../bench/statistics/thresholds.js';
import { cellOf, FIXED, latencies, measurementOf, recordOf } from '../../../support/cells.js';

const cells = ['cmd:/old/server {port}', 'cmd:/new/server {port}'].map((server, i) => ({
  ...cellOf({ servers: [server] }),
  number: i + 1,
}));

/** Rows of two programs with the same short name; only the first has the latency, in ns. */
function linesFor(p99: number): string {
  const [measured] = cells;
  const records = measured
    ? [recordOf(measured, { measurement: measurementOf({ latency: latencies(p99) }) })]
    : [];
  const rows = summarize({ cells, controls: [], ...FIXED }, records);
  const threshold = { text: 'p99>5ms', metric: 'p99', above: true, bound: 5000 } as const;
  return thresholdLines([check(threshold, rows)], namesIn(rows), pc.createColors(false));
}

t.test('cells have distinct names, including those without a figure', async (t) => {
  t.equal(
    linesFor(8e6),
    '✗ p99>5ms: cmd:server (old) at 10 (8.00 ms); unknown: cmd:server (new) at 10',
  );
  t.equal(linesFor(1e6), '? p99>5ms: not triggered; unknown: cmd:server (new) at 10');
});

t.test('throughput is shown in the unit of its service', async (t) => {
  const [cell] = cells;
  if (!cell) return t.fail('no cell');
  const records = [recordOf(cell, { measurement: measurementOf({ throughput: 67_600_000 }) })];
  const [row] = summarize({ cells, controls: [], ...FIXED }, records);
  if (!row) return t.fail('no row');
  const factors = { operation: 'get', size: 1e6, source: 'memory' };
  const threshold = {
    text: 'throughput<1G',
    metric: 'throughput',
    above: false,
    bound: 1e9,
  } as const;
  const said = (rows: readonly Row[]) =>
    thresholdLines([check(threshold, rows)], namesIn(rows), pc.createColors(false));
  t.match(said([row]), /\(67\.6M req\/s\)/);
  t.match(said([{ ...row, service: 'bulk', factors }]), /\(67\.6 MB\/s\)/);
});
