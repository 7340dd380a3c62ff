/** Axes: they contain every value, their ends are round, and positions are shares of their length. */
import t from 'tap';
import { fromZero, logarithmic, shareOf } from '../../../../bench/report/charts/scales.js';
import { seeded } from '../../../../lib/random.js';

/** 1, 2 or 5 times a power of ten. */
const isRound = (value: number) => /^[125](e|$)/.test(value.toExponential().replace(/\.0+e/, 'e'));

t.test('a linear axis ranges from 0 to the next fifth of a power of ten', async (t) => {
  const end = (...values: readonly number[]) => fromZero(values).domain[1];
  t.same(fromZero([3]).domain, [0, 3]);
  t.equal(end(101), 120);
  t.equal(end(99), 100);
  t.equal(end(1000, 7), 1000);
  t.ok(Math.abs(end(0.031) - 0.032) < 1e-12);
  t.same([end(), end(0), end(-5)], [1, 1, 1], 'and to 1 without values');
});

t.test('a linear axis contains all values with a small margin', async (t) => {
  const random = seeded(6);
  for (let i = 0; i < 2000; i++) {
    const value = 10 ** (18 * random() - 6);
    const [low, high] = fromZero([value, value * random()]).domain;
    if (low !== 0 || high < value || high > value * 1.2 * (1 + 1e-9))
      return t.fail(`${value}: up to ${high}`);
  }
  return t.pass();
});

t.test('a logarithmic axis begins and ends at round ticks that enclose all values', async (t) => {
  const random = seeded(7);
  for (let i = 0; i < 2000; i++) {
    const low = 10 ** (12 * random() - 3);
    const high = low * 10 ** (6 * random() ** 2);
    const { scale, ticks } = logarithmic([high, low, 0]);
    const [from, to] = scale.domain;
    const isAround = from <= low * (1 + 1e-9) && to >= high * (1 - 1e-9);
    const isTight = from > low / 10.01 && to < high * 10.01;
    if (!isAround || !isTight || !ticks.every(isRound)) return t.fail(`${low}, ${high}: ${ticks}`);
    if (ticks[0] !== from || ticks.at(-1) !== to) return t.fail(`${ticks} of ${scale.domain}`);
    if (ticks.some((tick, n) => n > 0 && tick <= (ticks[n - 1] as number)))
      return t.fail(`${ticks}`);
  }
  return t.pass();
});

t.test('ticks in a decade are 1, 2 and 5; over several only powers of ten', async (t) => {
  t.same(logarithmic([3, 40]).ticks, [2, 5, 10, 20, 50]);
  t.same(logarithmic([3, 400]).ticks, [1, 10, 100, 1000]);
});

t.test('an axis of equal values has two distinct ends', async (t) => {
  for (const value of [0.001, 1, 2, 3, 5, 10, 1000, 5e6]) {
    const { domain } = logarithmic([value, value]).scale;
    t.ok(domain[0] < domain[1] && domain[0] <= value && value <= domain[1], `${value}: ${domain}`);
  }
});

t.test('a logarithmic axis without positive values has a default range', async (t) => {
  for (const values of [[], [0], [0, -5]]) t.same(logarithmic(values).scale.domain, [1, 10]);
});

t.test('a position is linear or logarithmic, and limited to the ends of the axis', async (t) => {
  const linear = { type: 'linear', domain: [0, 200], nice: false } as const;
  t.same(
    [-5, 0, 50, 200, 300].map((value) => shareOf(linear, value)),
    [0, 0, 0.25, 1, 1],
  );
  const log = { type: 'log', domain: [1, 100], nice: false } as const;
  const found = [0, 1, 10, 100, 1000].map((value) => shareOf(log, value));
  t.same(
    found.map((share) => Math.round(share * 1e9) / 1e9),
    [0, 0, 0.5, 1, 1],
  );
  t.equal(shareOf({ type: 'linear', domain: [3, 3], nice: false }, 3), 0);
});
