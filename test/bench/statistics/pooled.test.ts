/** Differences over several pairs of cells, block by block. */
import t from 'tap';
import { metricNamed } from '../../../bench/statistics/metrics.js';
import { pooledDifference } from '../../../bench/statistics/pooled.js';
import { cellOf, measurementOf, recordOf } from '../../support/cells.js';

const CELL = cellOf();
const trials = (...throughputs: readonly (number | null)[]) =>
  throughputs.map((throughput, i) =>
    recordOf(CELL, { block: i + 1, measurement: measurementOf({ throughput }) }),
  );
const THROUGHPUT = metricNamed('throughput');

t.test('a block’s difference is the mean over the pairs', async (t) => {
  const pairs = [
    [trials(200, 100), trials(100, 100)],
    [trials(800, 100), trials(100, 100)],
  ] as const;
  const { blocks, mean } = pooledDifference(pairs, THROUGHPUT);
  t.equal(blocks, 2);
  // Factors 2 and 8 in the first block, 1 and 1 in the second.
  t.ok(Math.abs(Math.exp(mean) - 2) < 1e-9);
});

t.test('a trial without a figure, or without its partner, is left out', async (t) => {
  const { blocks, mean } = pooledDifference([[trials(300, null, 7), trials(100, 5)]], THROUGHPUT);
  t.equal(blocks, 1);
  t.ok(Math.abs(Math.exp(mean) - 3) < 1e-9);
  t.equal(pooledDifference([], THROUGHPUT).blocks, 0);
});
