/** Labels at the ends of lines: they do not overlap, and are as near to their lines as possible. */
import t from 'tap';
import { directLabels, type EndOfLine } from '../../../../bench/report/charts/direct-labels.js';
import { seeded } from '../../../../lib/random.js';
import { rowsOf } from '../../../support/specs.js';

const APART = 13;
const HEIGHT = 290;

const ends = (...shares: readonly number[]): EndOfLine[] =>
  shares.map((at, i) => ({ name: `s${i}`, color: `c${i}`, at }));

interface Placed {
  readonly name: string;
  readonly from: number;
  readonly y: number;
}

const placed = (some: readonly EndOfLine[], height = HEIGHT) =>
  rowsOf(directLabels(some, 500, height)[0] as { data: object }) as unknown as Placed[];

/** Isotonic regression by the max-min formula: Barlow, Bartholomew, Bremner and Brunk 1972. */
function isotonic(values: readonly number[]): number[] {
  const meanOf = (from: number, to: number) => {
    const some = values.slice(from, to + 1);
    return some.reduce((sum, value) => sum + value, 0) / some.length;
  };
  const range = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const last = values.length - 1;
  return values.map((_, i) =>
    Math.max(...range(0, i).map((j) => Math.min(...range(i, last).map((k) => meanOf(j, k))))),
  );
}

t.test('labels of lines that end far apart are at the line ends', async (t) => {
  for (const { from, y } of placed(ends(0.2, 0.9, 0.5))) t.equal(y, from);
  t.same(
    placed(ends(0.2, 0.9, 0.5)).map(({ name, from }) => [name, Math.round(from)]),
    [
      ['s1', 29],
      ['s2', 145],
      ['s0', 232],
    ],
    'measured from the top',
  );
});

t.test('labels of lines that end together are centred on the line ends', async (t) => {
  t.same(
    placed(ends(0.5, 0.5, 0.5)).map(({ y }) => y),
    [132, 145, 158],
  );
});

t.test('labels stay within the plot if lines end at its edges', async (t) => {
  t.same(
    placed(ends(1, 1)).map(({ y }) => y),
    [0, 13],
  );
  t.same(
    placed(ends(0, 0)).map(({ y }) => y),
    [277, 290],
  );
});

t.test('labels do not overlap, and the distance to their lines is minimal', async (t) => {
  const random = seeded(12);
  for (let run = 0; run < 300; run++) {
    const count = 1 + Math.floor(random() * 15);
    const shares = Array.from({ length: count }, () => random() ** (1 + Math.floor(random() * 4)));
    const found = placed(ends(...shares));
    const ys = found.map(({ y }) => y);
    if (ys.some((y, i) => i > 0 && y - (ys[i - 1] as number) < APART - 1e-9))
      return t.fail(`run ${run} overlaps`);
    if (Math.min(...ys) < 0 || Math.max(...ys) > HEIGHT + 1e-9) return t.fail(`run ${run} leaves`);
    if (found.some(({ from }, i) => i > 0 && from < (found[i - 1]?.from ?? 0)))
      return t.fail(`run ${run} is out of order`);
    const free = isotonic(found.map(({ from }, i) => from - i * APART));
    const limit = HEIGHT - (count - 1) * APART;
    const best = free.map((y, i) => Math.min(Math.max(y, 0), limit) + i * APART);
    if (ys.some((y, i) => Math.abs(y - (best[i] as number)) > 1e-6))
      return t.fail(`run ${run}: ${ys} instead of ${best}`);
  }
  return t.pass();
});

t.test('labels that do not fit in the plot are stacked from the top', async (t) => {
  t.same(
    placed(ends(0.1, 0.2, 0.3, 0.4), 20).map(({ y }) => y),
    [0, 13, 26, 39],
  );
  t.same(placed([]), []);
});
