/** The remarks below the table of results. */
import pc from 'picocolors';
import t from 'tap';
import type { Uninterrupted } from '../../../../bench/plan/cell.js';
import type { TrialRecord } from '../../../../bench/record.js';
import { allValid, remarks } from '../../../../bench/report/terminal/remarks.js';
import { type Row, summarize } from '../../../../bench/statistics/summarize.js';
import { storedRun } from '../../../support/stored.js';

const COLORS = pc.createColors(false);

function rowsOf(trials: number, change?: (record: TrialRecord) => TrialRecord): Row[] {
  const { plan, records } = storedRun({ connections: [10], trials }, change);
  return summarize(plan, records);
}

const lines = (rows: readonly Row[]) => remarks(rows, COLORS).split('\n');

const broken = (record: TrialRecord): TrialRecord => ({
  ...record,
  verdict: {
    ...{ valid: false, clientBound: false, notes: [] },
    problems: [{ kind: 'broken off', figures: { reason: 'it died' } }],
  },
});

const sound = rowsOf(5);
const [first, ...others] = sound;
if (!first) throw new Error('no row');

t.test('a run without problems has no remarks', async (t) => {
  t.equal(remarks(sound, COLORS), '');
  t.ok(allValid(sound));
});

t.test('an invalid cell is reported with its share of invalid trials and the reason', async (t) => {
  const some = rowsOf(5, (record) =>
    record.server === 'poll' && record.block === 1 ? broken(record) : record,
  );
  t.match(lines(some), ['invalid  poll at 10: 1 of 5 trials: it died']);
  t.notOk(allValid(some));
  const one = rowsOf(1, (record) => (record.server === 'poll' ? broken(record) : record));
  t.ok(lines(one).includes('invalid  poll at 10: it died'));
});

t.test('a skipped cell is reported with the reason, and is not valid', async (t) => {
  const skipped = { ...first, trials: 0, skipped: { kind: 'io_uring missing' } } as const;
  t.match(lines([skipped, ...others]), [/^skipped {2}epoll at 10: .*io_uring/]);
  t.notOk(allValid([skipped, ...others]));
  t.notOk(
    allValid([{ ...first, trials: 0, valid: 0 }]),
    'a cell without trials is not valid either',
  );
});

t.test('servers are compared if each has at least three valid trials', async (t) => {
  const few =
    'note     too few trials to compare servers: 3 valid trials of each server are needed';
  t.same(lines(rowsOf(2)), [few]);
  t.notOk(lines(rowsOf(3)).includes(few));
  t.notOk(lines(rowsOf(2).slice(0, 1)).includes(few), 'a single server is not compared');
});

t.test('the reason for not slicing a trial is noted, unless an option implies it', async (t) => {
  const unsliced = (uninterrupted: Uninterrupted) =>
    lines([{ ...first, uninterrupted }, ...others]);
  t.match(unsliced('memory'), ['note     epoll at 10: not sliced: there is not enough memory']);
  for (const expected of ['slices off', 'no duration', 'open loop', 'no server'] as const)
    t.same(unsliced(expected), [''], expected);
});

t.test('the baseline is named if it is a program, and if its own trials are invalid', async (t) => {
  const control = { ...first.control, server: 'cmd:./a {port}' };
  t.same(lines([{ ...first, control }, ...others]), ['baseline cmd:./a {port}']);
  const problems = [{ kind: 'broken off', figures: { reason: 'it died' } }] as const;
  const failing = { ...first, control: { ...first.control, problems } };
  t.same(lines([failing]), ['invalid  the baseline, control: it died: no ratio to that trial']);
  t.notOk(allValid([failing]));
});
