/** Comparison of two sets of runs by the spread between runs; a single run is not enough for a verdict. */
import t from 'tap';
import type { Cell } from '../../../bench/plan/cell.js';
import { isSameCell } from '../../../bench/plan/comparable.js';
import { type ComparedRun, compareRuns } from '../../../bench/statistics/compare.js';
import { seeded } from '../../../lib/random.js';
import { cellOf, measurementOf, recordOf } from '../../support/cells.js';

const cell = cellOf();
const control = { ...cellOf({ servers: ['control'] }), number: 0 };

/** A run with machine speed `speed`, which varies by block, and a model with `worth` times its control's efficiency. */
function runOf(blocks: number, worth: number, random: () => number, noise = 0.03): ComparedRun {
  const jitter = () => 1 + noise * (random() + random() + random() - 1.5);
  const records = Array.from({ length: blocks }, (_, i) => {
    const speed = 100_000 * (0.7 + 0.6 * random());
    const at = (which: Cell, efficiency: number) =>
      recordOf(which, { block: i + 1, measurement: measurementOf({ efficiency }) });
    return [at(control, speed * jitter()), at(cell, speed * worth * jitter())];
  }).flat();
  return { plan: { cells: [cell], controls: [control] }, records };
}

/** Runs that differ more from each other than their blocks do. */
function runsOf(count: number, worth: number, random: () => number, between = 0.02) {
  return Array.from({ length: count }, () =>
    runOf(5, worth * (1 + between * (random() + random() - 1)), random, 0.005),
  );
}

t.test('a real difference is found despite drift of the machine', async (t) => {
  const random = seeded(5);
  const [found] = compareRuns(runsOf(4, 1, random), runsOf(4, 0.9, random), isSameCell);
  t.match(found, { verdict: 'different', spread: 'runs', runs: { a: 4, b: 4 } });
  t.ok(found?.ratio && found.ratio > 0.87 && found.ratio < 0.93);
});

t.test('runs of the same binary differ in at most 5 % of comparisons', async (t) => {
  const random = seeded(17);
  const rounds = 400;
  let different = 0;
  for (let i = 0; i < rounds; i++) {
    const [found] = compareRuns(runsOf(3, 1, random), runsOf(3, 1, random), isSameCell);
    if (found?.verdict === 'different') different++;
  }
  t.ok(different / rounds <= 0.05, `${different} of ${rounds}`);
});

t.test('a single run on one side gives a ratio with an interval, and no verdict', async (t) => {
  const random = seeded(3);
  const [found] = compareRuns(
    [runOf(6, 1, random)],
    [runOf(6, 0.5, random), runOf(6, 0.5, random)],
    isSameCell,
  );
  t.match(found, { verdict: 'unknown', spread: 'blocks' });
  t.ok(found?.low && found.high && found.low < 0.5 && found.high > 0.5 && found.high < 0.6);
  const [bare] = compareRuns([runOf(1, 1, random)], [runOf(1, 0.5, random)], isSameCell);
  t.match(bare, { verdict: 'unknown', low: null, high: null, spread: null });
});

t.test('a run whose trials are mostly invalid has no figure', async (t) => {
  const run = runOf(6, 1, seeded(3));
  const verdict = {
    valid: false,
    clientBound: false,
    problems: [{ kind: 'no pair of slices', figures: {} } as const],

    notes: [],
  };
  const records = run.records.map((record) =>
    record.cell === 0 || record.block < 4 ? record : { ...record, verdict },
  );
  t.match(compareRuns([run], [{ ...run, records }], isSameCell), [
    { b: null, ratio: null, verdict: 'unknown', runs: { a: 1, b: 0 } },
  ]);
});

t.test('cells that are not in every run are omitted', async (t) => {
  const other = cellOf({ connections: [11] });
  const b = { plan: { cells: [other], controls: [control] }, records: [] };
  t.same(compareRuns([runOf(2, 1, seeded(1))], [b], isSameCell), []);
});
