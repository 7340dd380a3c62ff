import t from 'tap';
import { compareRuns } from '../../../bench/statistics/compare.js';
import { seeded } from '../../../lib/random.js';
import { cellOf, measurementOf, recordOf } from '../../support/cells.js';

const cell = cellOf();
const control = { ...cellOf({ servers: ['control'] }), number: 0 };

/** A run whose machine is `speed` fast, differently in each block, and whose model is `worth` of its control. */
function runOf(blocks: number, worth: number, random: () => number, noise = 0.03) {
  const jitter = () => 1 + noise * (random() + random() + random() - 1.5);
  const records = Array.from({ length: blocks }, (_, i) => {
    const speed = 100_000 * (0.7 + 0.6 * random());
    const at = (which: typeof cell, efficiency: number) =>
      recordOf(which, { block: i + 1, measurement: measurementOf({ efficiency }) });
    return [at(control, speed * jitter()), at(cell, speed * worth * jitter())];
  }).flat();
  return { plan: { cells: [cell], control }, records };
}

t.test('a real difference is found through the drift of the machine', async (t) => {
  const random = seeded(5);
  const [found] = compareRuns(runOf(8, 1, random), runOf(8, 0.9, random));
  t.match(found, { verdict: 'slower', unit: 'of control' });
  t.ok(found?.ratio && found.ratio.median > 0.85 && found.ratio.median < 0.95);
});

t.test('the same binary is called faster or slower in under 5 % of many comparisons', async (t) => {
  const random = seeded(17);
  const rounds = 150;
  let declared = 0;
  for (let i = 0; i < rounds; i++) {
    const [found] = compareRuns(runOf(5, 1, random), runOf(5, 1, random));
    if (found?.verdict === 'faster' || found?.verdict === 'slower') declared++;
  }
  t.ok(declared / rounds < 0.05, `${declared} of ${rounds}`);
});

t.test('ratios to different controls are not compared', async (t) => {
  const a = runOf(2, 1, seeded(1));
  const b = { ...a, plan: { ...a.plan, cells: [{ ...cell, control: 'poll' }] } };
  t.match(compareRuns(a, a)[0], { unit: 'of control' });
  t.match(compareRuns(a, b)[0], { unit: 'requests per server-CPU-second' });
});

t.test('one trial each is too few to tell', async (t) => {
  const random = seeded(3);
  t.equal(compareRuns(runOf(1, 1, random), runOf(1, 0.5, random))[0]?.verdict, 'unknown');
});

t.test('invalid trials are not compared', async (t) => {
  const run = runOf(6, 1, seeded(3));
  const verdict = { valid: false, clientBound: false, problems: ['x'], notes: [] };
  const records = run.records.map((record) =>
    record.cell === 0 ? record : { ...record, verdict },
  );
  t.match(compareRuns(run, { ...run, records })[0], { b: null, ratio: null, verdict: 'unknown' });
});

t.test('cells that only one run holds are left out', async (t) => {
  const other = cellOf({ connections: [11] });
  const b = { plan: { cells: [other], control }, records: [] };
  t.same(compareRuns(runOf(2, 1, seeded(1)), b), []);
});
