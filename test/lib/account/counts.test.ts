/** A sum of counts is known if every part is known, otherwise unknown. */
import t from 'tap';
import {
  COUNT_NAMES,
  type CountName,
  counts,
  countsBetween,
  sumCounts,
  systemCalls,
} from '../../../lib/account/counts.js';

const all = (value: number) => counts(Object.fromEntries(COUNT_NAMES.map((name) => [name, value])));

/** The compiler demands every CountName. */
const TYPED: Readonly<Record<CountName, true>> = {
  accepts: true,
  refusals: true,
  closes: true,
  requests: true,
  refused: true,
  bytesIn: true,
  bytesOut: true,
  events: true,
  again: true,
  shortWrites: true,
  acceptPauses: true,
  callAccept: true,
  callPeer: true,
  callReceive: true,
  callSend: true,
  callWait: true,
  callControl: true,
  callClose: true,
  callShutdown: true,
  callThread: true,
  callStorage: true,
  storageNs: true,
};

t.test('the addon has the counts of its type', async (t) => {
  t.strictSame([...COUNT_NAMES].sort(), Object.keys(TYPED).sort());
});

t.test('a count that is not reported is unknown', async (t) => {
  const some = counts({ accepts: 3, again: 0 });
  t.strictSame([some.accepts, some.again, some.callSend], [3, 0, null]);
  t.strictSame(Object.keys(some), [...COUNT_NAMES]);
});

t.test('a sum is known if every part is known', async (t) => {
  const sum = sumCounts([counts({ accepts: 1, closes: 2 }), counts({ accepts: 5 })]);
  t.strictSame([sum.accepts, sum.closes, sum.requests], [6, null, null]);
});

t.test('a difference is the later count minus the earlier one', async (t) => {
  const between = countsBetween(counts({ accepts: 2, closes: 1 }), counts({ accepts: 7 }));
  t.strictSame([between.accepts, between.closes], [5, null]);
});

t.test('the number of system calls is the sum over all calls, or unknown', async (t) => {
  const calls = COUNT_NAMES.filter((name) => name.startsWith('call')).length;
  t.equal(systemCalls(all(2)), 2 * calls);
  t.equal(systemCalls({ ...all(2), requests: null }), 2 * calls);
  t.equal(systemCalls({ ...all(2), callWait: null }), null);
});
