/** Quantiles of Student's t, checked against printed tables, closed forms and the integral of the density. */
import t from 'tap';
import { criticalT } from '../../../bench/statistics/student.js';

function near(actual: number, expected: number, within = 5e-4): boolean {
  return Math.abs(actual - expected) < within;
}

const relative = (actual: number, expected: number) => Math.abs(actual / expected - 1);

t.test("Student's t agrees with the printed tables", async (t) => {
  const table: readonly (readonly [number, number])[] = [
    [1, 12.7062],
    [2, 4.3027],
    [4, 2.7764],
    [9, 2.2622],
    [19, 2.093],
    [100, 1.984],
  ];
  for (const [freedom, expected] of table)
    t.ok(near(criticalT(0.05, freedom), expected), `${freedom} degrees of freedom`);
  t.ok(near(criticalT(0.01, 9), 3.2498));
  t.ok(near(criticalT(0.05, Number.POSITIVE_INFINITY), 1.96), 'infinite degrees of freedom');
});

/** Alpha of a single interval, and of each of 78 simultaneous ones after six looks. */
const ALPHAS = [0.5, 0.05, 0.01, 0.05 / 78, 0.05 / 78 / 42];

t.test('with 1, 2 and 4 degrees of freedom, quantiles match the closed forms', async (t) => {
  for (const alpha of ALPHAS) {
    const p = 1 - alpha / 2;
    const quarter = 4 * p * (1 - p);
    const four = Math.cos(Math.acos(Math.sqrt(quarter)) / 3) / Math.sqrt(quarter);
    t.ok(relative(criticalT(alpha, 1), 1 / Math.tan((Math.PI * alpha) / 2)) < 1e-6, `1, ${alpha}`);
    t.ok(
      relative(criticalT(alpha, 2), (2 * p - 1) / Math.sqrt(2 * p * (1 - p))) < 1e-6,
      `2, ${alpha}`,
    );
    t.ok(relative(criticalT(alpha, 4), 2 * Math.sqrt(four - 1)) < 1e-6, `4, ${alpha}`);
  }
});

/** P(|T| > t), by Simpson's rule over the angle arctan(t/√freedom): the density becomes a power of its cosine. */
function beyond(t: number, freedom: number): number {
  const area = (from: number, to: number) => {
    const steps = 4000;
    const width = (to - from) / steps;
    let sum = 0;
    for (let i = 0; i <= steps; i++) {
      const weight = i === 0 || i === steps ? 1 : i % 2 === 0 ? 2 : 4;
      sum += weight * Math.max(0, Math.cos(from + i * width)) ** (freedom - 1);
    }
    return (sum * width) / 3;
  };
  return area(Math.atan(t / Math.sqrt(freedom)), Math.PI / 2) / area(0, Math.PI / 2);
}

t.test('the tail probability is alpha, for integer and fractional freedom', async (t) => {
  for (const freedom of [3, 3.7, 8, 12.19, 29, 250, 3000])
    for (const alpha of ALPHAS) {
      const found = beyond(criticalT(alpha, freedom), freedom);
      t.ok(relative(found, alpha) < 1e-4, `${freedom}, ${alpha}: ${found}`);
    }
});

t.test('quantiles decrease with freedom, down to those of the normal distribution', async (t) => {
  t.ok(near(criticalT(0.05, Number.POSITIVE_INFINITY), 1.959963984540054, 1e-8));
  t.ok(near(criticalT(0.01, Number.POSITIVE_INFINITY), 2.5758293035489004, 1e-8));
  const falling = [1, 2, 3.5, 10, 100, 1e4, Number.POSITIVE_INFINITY].map((n) =>
    criticalT(0.05, n),
  );
  t.same(
    falling,
    falling.toSorted((a, b) => b - a),
  );
});
