/** When a run with a stopping rule is examined, and how the error rate is divided among these looks. */
import t from 'tap';
import { isLook, lookAfter, spendable } from '../../../bench/plan/stopping.js';

t.test(
  'the first look is after the requested blocks, and each next one after 1.5 times as many',
  async (t) => {
    const looks = Array.from({ length: 60 }, (_, i) => i + 1).filter((n) => isLook(5, n));
    t.same(looks, [5, 8, 12, 18, 27, 41]);
  },
);

t.test('a number of blocks between two looks belongs to the later one', async (t) => {
  t.same(lookAfter(5, 1), { look: 1, at: 5 });
  t.same(lookAfter(5, 6), { look: 2, at: 8 });
});

t.test('all looks together spend at most the error rate', async (t) => {
  const stopping = { kind: 'budget', ns: 1 } as const;
  const looks = Array.from({ length: 10_000 }, (_, i) => i + 1).filter((n) => isLook(6, n));
  const spent = looks.reduce((sum, n) => sum + spendable(stopping, 6, n), 0);
  t.ok(spent <= 1 && spent > 0.9, `${spent}`);
  t.equal(
    spendable({ kind: 'blocks' }, 6, 100),
    1,
    'a run with a fixed number of blocks has one look',
  );
});
