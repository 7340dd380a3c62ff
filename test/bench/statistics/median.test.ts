import t from 'tap';
import { estimate, medianOf } from '../../../bench/statistics/median.js';
import { seeded } from '../../../lib/random.js';

t.test('the median is computed from the known values', async (t) => {
  t.equal(medianOf([3, null, 1, undefined, 2]), 2);
  t.equal(medianOf([4, 1, 2, 3]), 2.5);
  t.equal(medianOf([null, undefined]), null);
});

t.test('one value has no interval', async (t) => {
  t.same(estimate([7]), { median: 7, low: null, high: null, level: null });
  t.equal(estimate([null]), null);
});

t.test('up to five values, the interval spans all of them at a computed level', async (t) => {
  const levels = [2, 3, 4, 5].map((n) => {
    const found = estimate(Array.from({ length: n }, (_, i) => i + 1));
    t.match(found, { low: 1, high: n });
    return found?.level;
  });
  t.same(levels, [0.5, 0.75, 0.875, 0.9375]);
});

t.test('for more values, the interval is the narrowest of at least 95 %', async (t) => {
  const inOrder = (n: number) => estimate(Array.from({ length: n }, (_, i) => n - i));
  t.match(inOrder(6), { low: 1, high: 6, level: 0.96875 });
  t.match(inOrder(8), { low: 1, high: 8, level: 0.9921875 });
  t.match(inOrder(9), { low: 2, high: 8, level: 0.9609375 });
  t.match(inOrder(20), { low: 6, high: 15 });
  t.ok(Math.abs((inOrder(20)?.level ?? 0) - 0.95861) < 1e-5);
  // The normal approximation of the binomial: 1.96 standard deviations of √n / 2.
  const many = inOrder(10_000);
  t.ok(Math.abs((many?.low ?? 0) - (5000 - 98)) < 3, `${many?.low}`);
});

t.test('the coverage of the interval equals its stated level', async (t) => {
  const random = seeded(42);
  const rounds = 2000;
  for (const n of [2, 3, 5, 9, 20]) {
    let covered = 0;
    let level = 0;
    for (let i = 0; i < rounds; i++) {
      // Skewed: the median of an exponential distribution is ln 2.
      const found = estimate(Array.from({ length: n }, () => -Math.log(1 - random())));
      level = found?.level ?? 0;
      if ((found?.low ?? 1) <= Math.LN2 && (found?.high ?? 0) >= Math.LN2) covered++;
    }
    t.ok(Math.abs(covered / rounds - level) < 0.03, `${n} values: ${covered / rounds} of ${level}`);
  }
});
