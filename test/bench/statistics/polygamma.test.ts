/** Polygamma functions, checked against SciPy and the identities of Abramowitz and Stegun, chapter 6. */
import t from 'tap';
import { digamma, inverseTrigamma, trigamma } from '../../../bench/statistics/polygamma.js';
import { seeded } from '../../../lib/random.js';

const near = (value: number, expected: number, relative = 1e-6) =>
  Math.abs(value / expected - 1) < relative;

const EULER = 0.5772156649015329;

t.test('polygamma functions agree with SciPy', async (t) => {
  t.ok(near(digamma(2.5), 0.7031566406452432));
  t.ok(near(digamma(0.5), -1.9635100260214235));
  t.ok(near(trigamma(2.5), 0.4903577561002349));
  t.ok(near(inverseTrigamma(0.4903577561002349), 2.5));
  for (const x of [0.05, 0.3, 1, 20, 5000]) t.ok(near(inverseTrigamma(trigamma(x)), x), `${x}`);
});

t.test('values with a closed form are exact to 12 digits', async (t) => {
  // 6.3.2, 6.3.3, 6.4.2, 6.4.4; Catalan's constant for trigamma(1/4).
  t.ok(near(digamma(1), -EULER, 1e-12));
  t.ok(near(digamma(0.5), -EULER - 2 * Math.LN2, 1e-12));
  t.ok(near(trigamma(1), Math.PI ** 2 / 6, 1e-12));
  t.ok(near(trigamma(0.5), Math.PI ** 2 / 2, 1e-12));
  t.ok(near(trigamma(0.25), Math.PI ** 2 + 8 * 0.915965594177219, 1e-12));
});

t.test('at integers they are sums of reciprocals, on both branches of the series', async (t) => {
  for (const n of [2, 14, 15, 16, 17, 200]) {
    let [first, second] = [-EULER, Math.PI ** 2 / 6];
    for (let k = 1; k < n; k++) [first, second] = [first + 1 / k, second - 1 / k ** 2];
    t.ok(near(digamma(n), first, 1e-12), `digamma(${n})`);
    t.ok(near(trigamma(n), second, 1e-12), `trigamma(${n})`);
  }
});

t.test('the inverse of trigamma is accurate from 1e-6 to 1e6', async (t) => {
  const random = seeded(4);
  for (let i = 0; i < 200; i++) {
    const y = 10 ** (12 * random() - 6);
    if (!near(trigamma(inverseTrigamma(y)), y, 1e-7)) return t.fail(`${y}`);
  }
  return t.pass();
});
