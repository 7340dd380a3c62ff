/** When a run that ends on what it finds is looked at, and what the looks may cost. */
import t from 'tap';
import { isLook, lookAfter, spendable } from '../../../bench/plan/stopping.js';

t.test(
  'the first look is after the blocks that were asked for, the next after half as many again',
  async (t) => {
    const looks = Array.from({ length: 60 }, (_, i) => i + 1).filter((n) => isLook(5, n));
    t.same(looks, [5, 8, 12, 18, 27, 41]);
  },
);

t.test('a number of blocks between two looks belongs to the later one', async (t) => {
  t.same(lookAfter(5, 1), { look: 1, at: 5 });
  t.same(lookAfter(5, 6), { look: 2, at: 8 });
});

t.test('all looks together spend no more than the error rate', async (t) => {
  const stopping = { kind: 'budget', ns: 1 } as const;
  const looks = Array.from({ length: 10_000 }, (_, i) => i + 1).filter((n) => isLook(6, n));
  const spent = looks.reduce((sum, n) => sum + spendable(stopping, 6, n), 0);
  t.ok(spent <= 1 && spent > 0.9, `${spent}`);
  t.equal(spendable({ kind: 'blocks' }, 6, 100), 1, 'a run of a given length looks once');
});
