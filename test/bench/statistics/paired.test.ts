/** Differences of servers in common blocks, and the degrees of freedom of their pooled variances. */
import t from 'tap';
import {
  type ByBlock,
  differenceOf,
  LEAST_BLOCKS,
  pairedDifferences,
} from '../../../bench/statistics/paired.js';
import { seeded } from '../../../lib/random.js';

const server = (...values: readonly (number | null)[]): ByBlock =>
  new Map(values.flatMap((value, i) => (value === null ? [] : [[i + 1, value] as const])));

t.test('only blocks that both servers have count', async (t) => {
  t.same(differenceOf(server(1, 2, null, 9), server(0, null, 5, 4)), {
    blocks: 2,
    mean: 3,
    variance: { value: 8, freedom: 1 }, // of 1 and 5
  });
});

t.test('one common block has a mean without a variance, no common block has neither', async (t) => {
  const one = differenceOf(server(3), server(1, 2));
  t.match(one, { blocks: 1, mean: 2, variance: { freedom: 0 } });
  t.ok(Number.isNaN(one.variance.value));
  const none = differenceOf(server(3), server(null, 1));
  t.match(none, { blocks: 0, variance: { freedom: 0 } });
  t.ok(Number.isNaN(none.mean));
});

t.test('pairs are in list order, each once', async (t) => {
  const four = [server(1), server(2), server(3), server(4)];
  t.same(
    pairedDifferences(four).map(({ a, b }) => `${a}${b}`),
    ['01', '02', '03', '12', '13', '23'],
  );
  t.same(pairedDifferences([server(1)]), []);
  t.same(pairedDifferences([]), []);
});

/** Random servers with missing values; `drift` is added to every value of a block. */
function layout(seed: number, drift: number): readonly ByBlock[] {
  const random = seeded(seed);
  const blocks = Array.from({ length: 4 + Math.floor(random() * 5) }, () => random());
  return Array.from({ length: 2 + Math.floor(random() * 4) }, () =>
    server(...blocks.map((block) => (random() < 0.2 ? null : random() + drift * block))),
  );
}

t.test('block effects do not change differences', async (t) => {
  for (let seed = 1; seed <= 50; seed++) {
    const [still, moved] = [layout(seed, 0), layout(seed, 100)].map(pairedDifferences);
    const worst = Math.max(
      ...(still ?? []).flatMap((pair, i) => {
        const other = moved?.[i];
        const off = (x: number, y = Number.NaN) =>
          Number.isNaN(x) && Number.isNaN(y) ? 0 : Math.abs(x - y);
        return [off(pair.mean, other?.mean), off(pair.variance.value, other?.variance.value)];
      }),
    );
    if (!(worst < 1e-9)) return t.fail(`seed ${seed}: ${worst}`);
  }
  return t.pass();
});

t.test('the degrees of freedom of a pair do not exceed those of the whole layout', async (t) => {
  for (let seed = 1; seed <= 100; seed++) {
    const servers = layout(seed, 1);
    const present = servers.filter(({ size }) => size > 0);
    const values = present.reduce((sum, { size }) => sum + size, 0);
    const blocks = new Set(present.flatMap((one) => [...one.keys()])).size;
    const residual = values - (blocks + present.length - 1);
    for (const { a, b, blocks: common, variance } of pairedDifferences(servers)) {
      const own = differenceOf(servers[a] as ByBlock, servers[b] as ByBlock).variance;
      if (common < LEAST_BLOCKS) t.same(variance, own, 'too few blocks: unchanged');
      else {
        if (variance.freedom > Math.max(own.freedom, residual) + 1e-9)
          return t.fail(`seed ${seed}: ${variance.freedom} of ${residual}`);
        if (variance.freedom < own.freedom || variance.value < own.value)
          return t.fail(`seed ${seed}: less than the pair's own`);
      }
    }
  }
  return t.pass();
});

t.test('two servers have only the variance of their pair', async (t) => {
  const [a, b] = [server(1, 2, 4, 8), server(0, 1, 2, 9)];
  t.same(pairedDifferences([a, b])[0]?.variance, differenceOf(a, b).variance);
});
