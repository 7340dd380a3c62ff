import t from 'tap';
import { estimate, medianOf } from '../../../bench/statistics/median.js';

t.test('the median of what is known', async (t) => {
  t.equal(medianOf([3, null, 1, undefined, 2]), 2);
  t.equal(medianOf([4, 1, 2, 3]), 2.5);
  t.equal(medianOf([null, undefined]), null);
});

t.test('one value has no interval', async (t) => {
  t.same(estimate([7]), { median: 7, low: null, high: null });
  t.equal(estimate([null]), null);
});

t.test('equal values have an interval of no width', async (t) => {
  t.same(estimate([5, 5, 5]), { median: 5, low: 5, high: 5 });
});

t.test('the interval holds the median, lies within the values, and repeats', async (t) => {
  const values = [12, 7, 9, 15, 11, 8, 10];
  const first = estimate(values);
  t.same(estimate(values), first);
  t.equal(first?.median, 10);
  t.ok(first?.low && first.low >= 7 && first.low < 10);
  t.ok(first?.high && first.high <= 15 && first.high > 10);
});

t.test('the interval of 5 values covers the true median about as often as it says', async (t) => {
  // Five values of a symmetric distribution: order statistics bound the coverage by 93.75 %.
  let covered = 0;
  let state = 42;
  const random = () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
  const rounds = 200;
  for (let i = 0; i < rounds; i++) {
    const found = estimate(Array.from({ length: 5 }, random));
    if (found?.low && found.high && found.low <= 0.5 && found.high >= 0.5) covered++;
  }
  t.ok(covered / rounds > 0.85, `${covered} of ${rounds}`);
});
