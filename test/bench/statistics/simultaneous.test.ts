/** All pairs under a load: ratios by block, simultaneous intervals, and the number of blocks still needed. */
import t from 'tap';
import { type ByBlock, pairedDifferences } from '../../../bench/statistics/paired.js';
import { blocksNeeded, comparisons } from '../../../bench/statistics/simultaneous.js';

/** Figures of a server in block 1, 2, …; null is an invalid trial. */
function server(...values: readonly (number | null)[]): ByBlock {
  return new Map(values.flatMap((value, i) => (value ? [[i + 1, Math.log(value)] as const] : [])));
}

const compared = (...servers: readonly ByBlock[]) => comparisons(pairedDifferences(servers));

t.test('two servers have the t interval of the ratio by block, as computed by SciPy', async (t) => {
  const [pair] = compared(server(100, 120, 90, 110, 105), server(84, 99.5, 75.5, 91, 88));
  t.match(pair, { a: 0, b: 1, blocks: 5, verdict: 'different' });
  t.ok(Math.abs((pair?.ratio ?? 0) - 1.198081801352384) < 1e-9);
  t.ok(Math.abs((pair?.low ?? 0) - 1.1874608205054396) < 1e-9);
  t.ok(Math.abs((pair?.high ?? 0) - 1.2087977792149798) < 1e-9);
});

t.test('changes of machine speed between blocks do not hide a difference', async (t) => {
  const speeds = [1, 0.8, 1.1, 0.7, 1.2];
  const [pair] = compared(
    server(...speeds.map((speed, i) => speed * (100 + (i % 2)))),
    server(...speeds.map((speed) => speed * 84)),
  );
  t.equal(pair?.verdict, 'different');
});

t.test('servers whose interval is within 3 % are the same', async (t) => {
  const [pair] = compared(server(100, 101, 100, 99, 100, 100), server(100, 100, 101, 100, 99, 100));
  t.equal(pair?.verdict, 'same');
});

t.test('the interval of tied percentiles is no narrower than their resolution', async (t) => {
  const [near] = compared(server(32.5, 32.5, 32.5), server(32.52, 32.52, 32.52));
  t.equal(near?.verdict, 'same');
  const [far] = compared(server(32.5, 32.5, 32.5), server(40, 40, 40));
  t.equal(far?.verdict, 'different');
  t.ok(far?.low && far.high && far.low < far.high);
});

t.test('a noisy server does not hide the difference between two others', async (t) => {
  const verdicts = compared(
    server(190, 90, 160, 85, 185),
    server(150, 149, 151, 152, 150),
    server(100, 99, 101, 100, 99.5),
  ).map(({ a, b, verdict }) => [a, b, verdict]);
  t.same(verdicts, [
    [0, 1, 'undecided'],
    [0, 2, 'undecided'],
    [1, 2, 'different'],
  ]);
});

t.test('a server with too few valid blocks has no interval and no verdict', async (t) => {
  const [pair] = compared(server(200, null, null, 210, null), server(100, 101, 99, 100, 100));
  t.match(pair, { blocks: 2, verdict: 'undecided', low: null, high: null });
  const [none] = compared(server(200, null), server(null, 100));
  t.match(none, { blocks: 0, ratio: null, verdict: 'undecided' });
});

t.test('the number of blocks reported as needed is the smallest that decides', async (t) => {
  const ratios = [1.02, 1.0, 1.05, 0.99, 1.04];
  const [pair] = pairedDifferences([server(...ratios), server(...ratios.map(() => 1))]);
  if (!pair) throw new Error('no pair');
  t.equal(comparisons([pair])[0]?.verdict, 'undecided');
  const needed = blocksNeeded(pair, 0.05) ?? 0;
  const after = (blocks: number) => {
    const variance = { ...pair.variance, freedom: pair.variance.freedom + blocks - pair.blocks };
    return comparisons([{ ...pair, blocks, variance }])[0]?.verdict;
  };
  t.equal(after(needed - 1), 'undecided');
  t.not(after(needed), 'undecided');
});
