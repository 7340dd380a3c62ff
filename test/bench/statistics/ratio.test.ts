import t from 'tap';
import { ratioOf } from '../../../bench/statistics/ratio.js';

function near(actual: number, expected: number, within = 5e-4): boolean {
  return Math.abs(actual - expected) < within;
}

t.test('the ratio is the geometric mean, within its interval', async (t) => {
  const logs = [Math.log(1.1), Math.log(1.2), Math.log(1.3), Math.log(1.2)];
  const ratio = ratioOf(logs);
  t.ok(ratio && near(ratio.median, (1.1 * 1.2 * 1.3 * 1.2) ** 0.25, 1e-9));
  t.ok(ratio && near(ratio.low ?? 0, 1.0747) && near(ratio.high ?? 0, 1.3353), `${ratio?.low}`);
});

t.test('one value has no interval, an empty list has no ratio', async (t) => {
  t.same(ratioOf([0]), { median: 1, low: null, high: null, level: null });
  t.equal(ratioOf([]), null);
});
