/** Comparisons of sliced servers with servers that can't be sliced: the figures used, and their order. */
import t from 'tap';
import { differenceBetween, differencesOf, levelsOf } from '../../../bench/statistics/basis.js';
import { comparisons } from '../../../bench/statistics/simultaneous.js';

const logs = (values: readonly number[]) =>
  new Map(values.map((value, i) => [i + 1, Math.log(value)] as const));

/** The machine's speed during each trial: it drifts within blocks. */
const server = (speed: number, drift: readonly number[], ratios: readonly number[] | null) => ({
  figures: logs(drift.map((factor) => speed * factor)),
  toControl: ratios && logs(ratios),
});

const fast = server(100, [1, 0.8, 1.2, 0.9, 1.1], [1.05, 1.051, 1.049, 1.05, 1.052]);
const slow = server(95, [0.8, 1.2, 0.9, 1.3, 1], [1.0, 1.001, 0.999, 1.002, 1.0]);
const pool = server(50, [1.1, 0.9, 1, 0.9, 1.2], null);

t.test('two sliced servers are compared by slices, even if a third is not sliced', async (t) => {
  const differences = differencesOf([fast, slow, pool]);
  t.same(
    differences.map(({ a, b, basis }) => [a, b, basis]),
    [
      [0, 1, 'control'],
      [0, 2, 'block'],
      [1, 2, 'block'],
    ],
  );
  const [pair, withPool] = comparisons(differences);
  t.equal(pair?.verdict, 'different');
  t.ok((pair?.high ?? 0) - (pair?.low ?? 0) < 0.01, 'as narrow as the interval of the slices');
  t.ok(Math.abs((withPool?.ratio ?? 0) - 2) < 0.2);
  t.ok((withPool?.high ?? 0) - (withPool?.low ?? 0) > 0.5, 'the other intervals include the drift');
});

t.test('variances are the same as without the other servers', async (t) => {
  const [alone] = differencesOf([fast, slow]);
  const [beside] = differencesOf([fast, slow, pool]);
  t.same(beside, alone);
});

t.test('sliced servers are ordered by their slices', async (t) => {
  const swapped = { ...slow, toControl: fast.toControl };
  const [a = 0, b = 0, c = 0] = levelsOf([{ ...fast, toControl: slow.toControl }, swapped, pool]);
  t.ok(b > a && a > c);
  t.ok(Math.abs(b - a - Math.log(1.05)) < 0.002, 'by the difference of the slices');
});

t.test('two servers without a common block have no difference', async (t) => {
  const [early, late] = [new Map([[1, 0]]), new Map([[2, 0]])];
  const of = (toControl: typeof early) => ({ figures: toControl, toControl });
  t.match(differenceBetween(of(early), of(late)), { blocks: 0, basis: 'control' });
  t.match(differenceBetween(of(early), pool), { blocks: 1, basis: 'block' });
});

t.test('a server without measurements has no level', async (t) => {
  const nothing = { figures: new Map(), toControl: new Map() };
  const [level, none] = levelsOf([fast, nothing]);
  t.ok(Number.isFinite(level));
  t.ok(Number.isNaN(none));
});
