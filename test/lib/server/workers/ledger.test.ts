/** The records of the `workers` model. */
import t from 'tap';
import { COUNT_NAMES, type CountName } from '../../../../lib/account/counts.js';
import { native } from '../../../../lib/native.js';
import { Ending, newAccount } from '../../../../lib/server/workers/account.cjs';
import { type Conversation, Ledger } from '../../../../lib/server/workers/ledger.js';

/** A connection with the given counts of its Worker and the given close reason. */
function conversation(
  port: number,
  counted: Partial<Record<CountName, number>> = {},
  ending?: { readonly closed: number; readonly reason: string },
): Conversation {
  const account = newAccount(COUNT_NAMES.length);
  for (const [name, count] of Object.entries(counted))
    account.counters[COUNT_NAMES.indexOf(name as CountName)] = BigInt(count);
  if (ending) {
    account.ending[Ending.closed] = ending.closed;
    account.ending[Ending.reason] = native.closeReasons.indexOf(ending.reason);
  }
  const peer = { address: '127.0.0.1', port } as Conversation['peer'];
  return { peer, opened: 10 * port, account, ended: Promise.resolve() };
}

t.test('counts include live and ended connections', async (t) => {
  const ledger = new Ledger(false);
  const [one, other] = [conversation(1, { requests: 2 }), conversation(2, { requests: 5 })];
  for (const each of [one, other]) ledger.begin(each);
  t.equal(ledger.sum('requests'), 7);
  ledger.finish(one, false);
  t.equal(ledger.sum('requests'), 7);
  t.same([...ledger.live], [other]);
  t.same([ledger.started, ledger.closes], [2, 1]);
});

t.test('a connection counts as starting until its Worker serves it or has ended', async (t) => {
  const ledger = new Ledger(false);
  const [served, waiting] = [conversation(1, { accepts: 1 }), conversation(2)];
  for (const each of [served, waiting]) ledger.begin(each);
  t.equal(ledger.starting(), 1);
  ledger.finish(waiting, false);
  t.same([ledger.starting(), ledger.refusals], [0, 1]);
  ledger.finish(served, false);
  t.same([ledger.starting(), ledger.refusals], [0, 1], 'a served connection is not refused');
});

t.test('a row has the counts, the peer and the close reason; each row is taken once', async (t) => {
  const ledger = new Ledger(false);
  const counted = { accepts: 1, requests: 3, bytesIn: 30, bytesOut: 40 };
  ledger.finish(conversation(7, counted, { closed: 90, reason: 'reset' }), false);
  ledger.finish(conversation(8, {}, { closed: 91, reason: 'reset' }), true);
  const rows = ledger.takeRows();
  t.same(rows.remotePort, Float64Array.of(7, 8));
  t.same(rows.opened, Float64Array.of(70, 80));
  t.same(rows.closed, Float64Array.of(90, 91));
  t.same(rows.requests, Float64Array.of(3, 0));
  t.same([rows.bytesIn[0], rows.bytesOut[0]], [30, 40]);
  t.same(rows.closeReason, ['reset', 'stopped'], 'the server closed the second');
  t.equal(ledger.takeRows().closeReason.length, 0);
});

t.test('a connection whose Worker died ends at the current time, with an error', async (t) => {
  const ledger = new Ledger(false);
  const before = native.now();
  ledger.finish(conversation(1), false);
  const { closed, closeReason } = ledger.takeRows();
  t.same(closeReason, ['error']);
  t.ok(Number(closed[0]) >= before);
});

t.test('openings are listed only if requested', async (t) => {
  for (const listsOpenings of [true, false]) {
    const ledger = new Ledger(listsOpenings);
    ledger.begin(conversation(5));
    t.same(ledger.takeRows().closed, listsOpenings ? Float64Array.of(0) : new Float64Array());
  }
});
