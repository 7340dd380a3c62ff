/** The problems that make a trial invalid, as data. */
import t from 'tap';
import type { Measurement } from '../../../bench/record.js';
import type { Evidence } from '../../../bench/run/evidence.js';
import { problemsOf } from '../../../bench/run/problems.js';
import { cellOf, measurementOf, slicesOf } from '../../support/cells.js';

const problems = (measured: Partial<Measurement>, found: Partial<Evidence> = {}, cell = cellOf()) =>
  problemsOf(cell, { startedAt: new Date(0), marks: {}, ...found }, measurementOf(measured), null);

const kinds = (...args: Parameters<typeof problems>) => problems(...args).map(({ kind }) => kind);

t.test('a valid trial and one without figures have no problems', async (t) => {
  t.same(problems({}), []);
  t.same(problemsOf(cellOf(), { startedAt: new Date(0), marks: {} }, null, null), []);
});

t.test('the reason why a trial broke off is its only problem', async (t) => {
  const failing = measurementOf({ failures: 1, failuresByKind: { reset: 1 } });
  const evidence = { startedAt: new Date(0), marks: {}, died: 'killed' };
  t.same(problemsOf(cellOf(), evidence, failing, 'no port'), [
    { kind: 'broken off', figures: { reason: 'no port' } },
  ]);
});

t.test('failures are sorted by frequency, then by name', async (t) => {
  const failuresByKind = { short: 2, reset: 2, refused: 3 };
  t.same(
    problems({ failures: 7, failuresByKind }).map(({ figures }) => figures),
    [
      { of: 'server', failure: 'refused', connections: 3 },
      { of: 'server', failure: 'reset', connections: 2 },
      { of: 'server', failure: 'short', connections: 2 },
    ],
  );
});

t.test('at the barrier, all connections must be open, including idle ones', async (t) => {
  const short = { peak: { open: 14, accepted: null } };
  const cell = cellOf({ idle: [5] });
  t.match(problems(short, {}, cell), [{ figures: { open: 14, expected: 15 } }]);
  t.same(kinds({ peak: { open: 15, accepted: null } }, {}, cell), []);
  t.same(kinds({ ...short, failures: 1 }, {}, cell), [], 'explained by the failure');
});

t.test('completed transfers that left something wrong are a problem', async (t) => {
  t.same(problems({}, { wrongTransfers: 0 }), []);
  t.same(problems({}, { wrongTransfers: 2 }), [
    { kind: 'transfers wrong', figures: { transfers: 2 } },
  ]);
});

t.test('a reading is late if it is off by more than 1 % of the window', async (t) => {
  t.same(kinds({ windowS: 2, readingSlipS: 0.02 }), []);
  t.same(kinds({ windowS: 2, readingSlipS: 0.021 }), ['CPU time read late']);
  t.same(kinds({ readingSlipS: null }), []);
});

t.test('a window without answers is a problem unless connections failed', async (t) => {
  const requests = { window: 0, total: 0, wanted: 1 };
  t.ok(kinds({ requests }).includes('no request answered'));
  t.notOk(kinds({ requests, failures: 1 }).includes('no request answered'));
});

t.test('for slices, only the cause is a problem, not its consequences', async (t) => {
  const sliced = (change: object) => kinds({ slices: { ...slicesOf(), ...change } });
  t.same(sliced({ undrained: 1, silent: 2 }), ['slice not drained']);
  t.same(sliced({ silent: 2 }), ['slices without an answer']);
  t.same(sliced({}), ['no pair of slices']);
  t.same(kinds({ slices: slicesOf(1) }), []);
});

t.test('the example is the first row that differs', async (t) => {
  const examples = ['a:1', 'a:2'].map((connection) => ({ connection, what: 'requests' }));
  const reconciliation = { compared: 9, mismatches: 2, unknown: 0, examples };
  t.same(problems({ reconciliation }), [
    { kind: 'rows differ', figures: { rows: 2, compared: 9, example: 'a:1: requests' } },
  ]);
  t.same(kinds({ reconciliation: null }), []);
});
