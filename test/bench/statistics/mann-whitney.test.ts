import t from 'tap';
import { mannWhitney } from '../../../bench/statistics/mann-whitney.js';
import { outliers } from '../../../bench/statistics/outliers.js';
import { rankWithTies } from '../../../bench/statistics/ranks.js';
import { seeded, shuffled } from '../../../lib/random.js';

function isClose(found: number | undefined, wanted: number, slack = 1e-9): boolean {
  return found !== undefined && Math.abs(found - wanted) <= slack;
}

t.test('ties share the mean of their ranks', async (t) => {
  t.same(rankWithTies([10, 20, 20, 5]), [2, 3.5, 3.5, 1]);
  t.same(rankWithTies([]), []);
});

t.test('two samples of five that do not overlap: p is 2 of 252 arrangements', async (t) => {
  const found = mannWhitney([6, 7, 8, 9, 10], [1, 2, 3, 4, 5]);
  t.ok(isClose(found?.p, 2 / 252));
  t.equal(found?.delta, 1);
});

t.test('U = 4 of five and five: 12 arrangements lie as far out on each side', async (t) => {
  // a beats b 4 times: by hand, 1 + 1 + 2 + 3 + 5 arrangements reach U of 4 or less.
  const found = mannWhitney([1, 2, 3, 7, 8.5], [4, 5, 6, 8, 9]);
  t.ok(isClose(found?.delta, (2 * 7) / 25 - 1));
  const four = mannWhitney([1, 2, 3, 4, 8.5], [5, 6, 7, 8, 9]);
  t.ok(isClose(four?.p, 24 / 252), `${four?.p}`);
});

t.test('agrees with Hollander and Wolfe 1973, page 69: W = 35, one-sided p = 0.1272', async (t) => {
  const term = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
  const weeks12to26 = [1.15, 0.88, 0.9, 0.74, 1.21];
  const found = mannWhitney(term, weeks12to26);
  t.ok(isClose(found?.delta, (2 * 35) / 50 - 1));
  t.ok(isClose((found?.p ?? 0) / 2, 0.1272, 5e-5), `${found?.p}`);
});

t.test('samples of one and the same value do not differ', async (t) => {
  t.same(mannWhitney([3, 3, 3], [3, 3, 3]), { p: 1, delta: 0 });
});

t.test('exact and approximate p agree where both are good', async (t) => {
  const random = seeded(3);
  const a = Array.from({ length: 20 }, () => random());
  const b = Array.from({ length: 20 }, () => random() + 0.25);
  const exact = mannWhitney(a, b)?.p ?? 0;
  // One tie, too small to matter, switches to the approximation.
  const approximate = mannWhitney([...a.slice(1), 0.5], [...b.slice(1), 0.5])?.p ?? 0;
  t.ok(Math.abs(exact - approximate) < 0.05, `${exact} and ${approximate}`);
});

t.test('nothing to compare is no comparison', async (t) => {
  t.equal(mannWhitney([], [1]), null);
});

t.test('samples of one population are told apart as seldom as the level says', async (t) => {
  const random = seeded(11);
  const sample = () => Array.from({ length: 8 }, () => random() + random() + random());
  let told = 0;
  const rounds = 2000;
  for (let i = 0; i < rounds; i++) if ((mannWhitney(sample(), sample())?.p ?? 1) < 0.05) told++;
  t.ok(told / rounds < 0.06 && told / rounds > 0.02, `${told} of ${rounds}`);
});

t.test('one wild value is named, jitter is not', async (t) => {
  t.same(outliers([100, 101, 99, 100, 150]), [4]);
  t.same(outliers([100, 100, 100, 100, 100.5]), []);
  t.same(outliers([100, 1]), [], 'too few to tell');
});

t.test('a shuffle keeps every item, and the same seed gives the same order', async (t) => {
  const items = Array.from({ length: 50 }, (_, i) => i);
  const order = shuffled(items, seeded(5));
  t.same(
    [...order].sort((a, b) => a - b),
    items,
  );
  t.same(shuffled(items, seeded(5)), order);
  t.notSame(order, items);
});
