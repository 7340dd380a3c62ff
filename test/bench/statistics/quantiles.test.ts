/** Points of a distribution: no more than the number of its values determines. */
import t from 'tap';
import { quantiles } from '../../../bench/statistics/quantiles.js';
import { seeded } from '../../../lib/random.js';
import { latencies } from '../../support/cells.js';

/** Values from 1 µs to 1 s, log-uniform. */
function drawn(count: number, seed: number): number[] {
  const random = seeded(seed);
  return Array.from({ length: count }, () => Math.round(1000 * 10 ** (6 * random())));
}

t.test('an empty histogram has no points', async (t) => {
  t.same(quantiles([]), []);
  t.same(quantiles([latencies()]), []);
});

t.test('a single value is every quantile', async (t) => {
  const points = quantiles([latencies(5000)]);
  t.ok(points.length > 0);
  t.ok(points.every(({ us }) => us === 5));
});

t.test('shares increase up to the second highest value, evenly on a scale of nines', async (t) => {
  for (const [count, last] of [
    [1, 0.99],
    [99, 0.99],
    [250, 1 - 1 / 250],
    [12_345, 1 - 1 / 12_345],
  ] as const) {
    const shares = quantiles([latencies(...drawn(count, 3))]).map(({ share }) => share);
    t.equal(shares[0], 0, `${count} values`);
    t.equal(shares.at(-1), last, `${count} values`);
    t.ok(
      shares.every((share, i) => i === 0 || share > (shares[i - 1] as number)),
      'increasing',
    );
    const gaps = shares.slice(1).map((share, i) => (1 - (shares[i] as number)) / (1 - share));
    t.ok(Math.max(...gaps.slice(99)) < 1.25, 'a twelfth of a decade apart in the tail');
  }
});

t.test('each point has the share of values at or below it, within a bucket', async (t) => {
  for (const seed of [1, 2, 3]) {
    const parts = [drawn(900, seed), drawn(2000, seed + 10), drawn(35, seed + 20)];
    const values = parts.flat().sort((a, b) => a - b);
    const points = quantiles(parts.map((part) => latencies(...part)));
    for (const { share, us } of points) {
      const atOrBelow = values.filter((value) => value <= us * 1000 * 1.001).length;
      const below = values.filter((value) => value < us * 1000 * 0.999).length;
      const rank = share * values.length;
      if (atOrBelow < rank - 0.5 || below > rank + 0.5) return t.fail(`${share}: ${us}`);
    }
    t.ok(
      points.every(({ us }, i) => i === 0 || us >= (points[i - 1]?.us ?? 0)),
      'never decreasing',
    );
  }
  return t.pass();
});

t.test('no point exceeds the maximum, even if its bucket does', async (t) => {
  const points = quantiles([latencies(4_000_001), latencies(4_000_001)]);
  t.equal(points.at(-1)?.us, 4000.001);
  t.ok(points.every(({ us }) => us <= 4000.001 && us > 3996));
});
