/** Random numbers that repeat with their seed, and permutations drawn from them. */
import t from 'tap';
import { seeded, shuffled } from '../../lib/random.js';

function drawn(seed: number, count: number): number[] {
  const random = seeded(seed);
  return Array.from({ length: count }, random);
}

/** Mulberry32 in exact integers: Tommy Ettinger's reference in C, with arithmetic modulo 2^32. */
function reference(seed: number, count: number): number[] {
  const wrap = (value: bigint) => BigInt.asUintN(32, value);
  let state = wrap(BigInt(seed));
  return Array.from({ length: count }, () => {
    state = wrap(state + 0x6d2b79f5n);
    let z = state;
    z = wrap((z ^ (z >> 15n)) * (z | 1n));
    z ^= wrap(z + wrap((z ^ (z >> 7n)) * (z | 61n)));
    return Number(z ^ (z >> 14n)) / 2 ** 32;
  });
}

t.test('the numbers are those of mulberry32, for any seed', async (t) => {
  for (const seed of [0, 1, -1, 7919, 2 ** 31, 2 ** 32 - 1])
    t.same(drawn(seed, 100), reference(seed, 100), `seed ${seed}`);
});

t.test('a seed of more than 32 bits, which a plan can compute, gives valid numbers', async (t) => {
  const values = drawn(2 ** 31 * 7919 + 3, 1000);
  t.ok(values.every((value) => value >= 0 && value < 1));
  t.ok(new Set(values).size > 990);
});

t.test('each twentieth of the range is drawn equally often', async (t) => {
  const bins = new Array<number>(20).fill(0);
  for (const value of drawn(3, 20_000))
    bins[Math.floor(value * 20)] = (bins[Math.floor(value * 20)] ?? 0) + 1;
  const chiSquare = bins.reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0);
  // The 99.9th percentile of chi-square with 19 degrees of freedom is 43.8.
  t.ok(chiSquare < 43.8, `${chiSquare}`);
});

t.test('a shuffle keeps every item and does not change its input', async (t) => {
  const items = Object.freeze(Array.from({ length: 50 }, (_, i) => i));
  const order = shuffled(items, seeded(5));
  t.notSame(order, items);
  t.same(
    order.toSorted((a, b) => a - b),
    items,
  );
  t.same(shuffled([], seeded(1)), []);
  t.same(shuffled(['one'], seeded(1)), ['one']);
});

t.test('all orders of three items are equally frequent', async (t) => {
  const random = seeded(11);
  const counts = new Map<string, number>();
  for (let i = 0; i < 6000; i++) {
    const order = shuffled('abc'.split(''), random).join('');
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  t.equal(counts.size, 6);
  const chiSquare = [...counts.values()].reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0);
  // The 99.9th percentile of chi-square with 5 degrees of freedom is 20.5; a naive shuffle exceeds 100.
  t.ok(chiSquare < 20.5, `${chiSquare}`);
});
