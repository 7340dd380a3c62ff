/** Outliers by the modified z-score: |0.6745 (x − median)| above 3.5 median absolute deviations. */
import t from 'tap';
import { outliers } from '../../../bench/statistics/outliers.js';

t.test('fewer than five values have no outliers, whatever their distance', async (t) => {
  t.same(outliers([]), []);
  t.same(outliers([1, 1, 1, 1e9]), []);
  t.same(outliers([1, 1, 1, 1, 1e9]), [4]);
});

t.test('outliers on either side are returned by position', async (t) => {
  t.same(outliers([1, 100, 102, 98, 101, 99, 500]), [0, 6]);
});

t.test('the threshold is 3.5 scaled median absolute deviations', async (t) => {
  // The median is 100 and the median absolute deviation 10: 3.5 × 10 / 0.6745 is 51.89.
  const others = [80, 90, 90, 100, 110, 110];
  t.same(outliers([...others, 151.8]), []);
  t.same(outliers([...others, 152]), [6]);
});

t.test('values that differ only by the machine’s jitter have no outliers', async (t) => {
  // If the median absolute deviation is 0, 1 % of the median replaces it, so the limit is 3.5 %.
  const equal = [1000, 1000, 1000, 1000, 1000, 1000];
  t.same(outliers([...equal, 1034]), []);
  t.same(outliers([...equal, 966]), []);
  t.same(outliers([...equal, 1036]), [6]);
  t.same(outliers([...equal, 964]), [6]);
  t.same(outliers([0, 0, 0, 0, 0]), []);
});

t.test('the result does not depend on the unit of the values', async (t) => {
  const values = [3, 5, 4, 40, 4.5, 5.5, 0.1, 4];
  const found = outliers(values);
  t.same(found, [3]);
  t.same(outliers(values.map((value) => value * 1e-9)), found);
  t.same(outliers(values.map((value) => value * 1e9)), found);
});
