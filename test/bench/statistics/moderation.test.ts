/** Moderated variances, checked against limma's formulas evaluated with SciPy 1.17. */
import t from 'tap';
import { moderated, priorOf } from '../../../bench/statistics/moderation.js';

const near = (value: number, expected: number, relative = 1e-6) =>
  Math.abs(value / expected - 1) < relative;

t.test('similar variances get a large prior weight, dissimilar ones a small one', async (t) => {
  const freedoms = [4, 4, 4, 4, 3, 4];
  const of = (values: readonly number[]) =>
    priorOf(values.map((value, i) => ({ value, freedom: freedoms[i] as number })));
  const alike = of([1.2, 0.8, 2.5, 0.3, 4.1, 1.7]);
  t.ok(near(alike?.freedom ?? 0, 11.19183966864108));
  t.ok(near(alike?.value ?? 0, 1.5898607836412382));
  const unlike = of([1.2, 0.01, 25, 0.3, 400, 1.7]);
  t.ok(near(unlike?.freedom ?? 0, 0.5857884143177915));
  t.ok(near(unlike?.value ?? 0, 0.24881394440298846));
});

t.test('equal variances have infinite prior degrees of freedom', async (t) => {
  const prior = priorOf([1, 1, 1, 1].map((value) => ({ value, freedom: 4 })));
  t.equal(prior?.freedom, Number.POSITIVE_INFINITY);
});

t.test('a single variance has no prior', async (t) => {
  t.equal(priorOf([{ value: 1, freedom: 4 }]), null);
  t.same(moderated({ value: 1, freedom: 4 }, null), { value: 1, freedom: 4 });
});

t.test('moderation increases a variance and never decreases it', async (t) => {
  const prior = { value: 1, freedom: 6 };
  t.same(moderated({ value: 0.5, freedom: 4 }, prior), { value: 0.8, freedom: 10 });
  t.same(moderated({ value: 2, freedom: 4 }, prior), { value: 2, freedom: 10 });
});
