import t from 'tap';
import { typicalTrials } from '../../../bench/statistics/typical.js';
import { cellOf, measurementOf, recordOf } from '../../support/cells.js';

/** Trials of one cell, numbered from 1, with these throughputs; null is an invalid trial. */
function typicalOf(...throughputs: readonly (number | null)[]): number | undefined {
  const records = throughputs.map((throughput, i) => {
    const record = recordOf(cellOf(), { trial: i + 1, measurement: measurementOf({ throughput }) });
    return { ...record, verdict: { ...record.verdict, valid: throughput !== null } };
  });
  return typicalTrials(records).get(1)?.trial;
}

t.test('the trial with the median throughput represents its cell', async (t) => {
  t.equal(typicalOf(5), 1);
  t.equal(typicalOf(30, 10, 20), 3);
  t.equal(typicalOf(400, 300, 100, 200), 4, 'the lower of the two for an even number');
});

t.test('ties in throughput are resolved by trial order', async (t) => {
  t.equal(typicalOf(7, 7, 7), 2);
  t.equal(typicalOf(7, 7), 1);
});

t.test('invalid trials and trials without a measurement are skipped', async (t) => {
  t.equal(typicalOf(null, 50, null), 2);
  t.equal(typicalOf(null, null), undefined);
  t.equal(typicalTrials([recordOf(cellOf(), { measurement: null })]).size, 0);
});

t.test('each cell has its own typical trial', async (t) => {
  const records = [1, 2].map((number) => recordOf({ ...cellOf(), number }, { trial: number * 10 }));
  t.same(
    [...typicalTrials(records)].map(([cell, { trial }]) => [cell, trial]),
    [
      [1, 10],
      [2, 20],
    ],
  );
});

t.test('the records keep their order', async (t) => {
  const records = [3, 1, 2].map((throughput) =>
    recordOf(cellOf(), { trial: throughput, measurement: measurementOf({ throughput }) }),
  );
  typicalTrials(records);
  t.same(
    records.map(({ trial }) => trial),
    [3, 1, 2],
  );
});
