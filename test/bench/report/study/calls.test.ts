/** System calls per request: by kind, as medians of the trials that counted them. */
import t from 'tap';
import { CALL_KINDS, callsPerRequest } from '../../../../bench/report/study/calls.js';
import { COUNT_NAMES, type Counts, counts } from '../../../../lib/account/counts.js';
import { cellOf, measurementOf, recordOf, rolesOf } from '../../../support/cells.js';

const NONE = Object.fromEntries(CALL_KINDS.map(([kind]) => [kind, 0]));

const trial = (known: Partial<Counts> | null) =>
  recordOf(cellOf(), {
    measurement: measurementOf({
      roles: rolesOf({ counts: known && counts({ ...NONE, ...known }) }),
    }),
  });

t.test('every counted kind of call has exactly one name', async (t) => {
  const kinds = CALL_KINDS.map(([kind]) => kind);
  t.same(kinds.toSorted(), COUNT_NAMES.filter((name) => name.startsWith('call')).toSorted());
  t.equal(new Set(CALL_KINDS.map(([, name]) => name)).size, kinds.length);
});

t.test('calls are divided by the server’s count of requests', async (t) => {
  t.same(callsPerRequest([trial({ requests: 200, callReceive: 300, callSend: 200 })]), [
    { name: 'receive', value: 1.5 },
    { name: 'send', value: 1 },
  ]);
});

t.test('each kind has the median of several trials', async (t) => {
  const trials = [1, 5, 2].map((callWait) => trial({ requests: 1, callWait }));
  t.same(callsPerRequest(trials), [{ name: 'wait', value: 2 }]);
});

t.test('a model that does not count all of its calls has no figures', async (t) => {
  t.same(callsPerRequest([trial({ requests: 10, callSend: 5, callThread: null })]), []);
  t.same(callsPerRequest([trial(null)]), []);
  t.same(callsPerRequest([recordOf(cellOf(), { measurement: null })]), []);
  t.same(callsPerRequest([]), []);
});

t.test('a trial without requests is skipped', async (t) => {
  const trials = [trial({ requests: 0, callWait: 9 }), trial({ requests: 2, callWait: 4 })];
  t.same(callsPerRequest(trials), [{ name: 'wait', value: 2 }]);
});
