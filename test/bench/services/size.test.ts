/** Sizes as text. */
import t from 'tap';
import { toSvg } from '../../../bench/report/charts/svg.js';
import { SIZE_LABELS, sizeInWords } from '../../../bench/services/size.js';
import { textsOf } from '../../support/markup.js';

t.test('a size is written in the largest unit that divides it', async (t) => {
  const words = [1, 999, 1000, 1024, 64 * 1024, 128_000, 1e6, 1_500_000, 1e8, 2 ** 20, 2 ** 40].map(
    sizeInWords,
  );
  t.same(words, [
    ...['1 B', '999 B', '1 kB', '1 KiB', '64 KiB', '128 kB', '1 MB', '1500 kB', '100 MB', '1 MiB'],
    '1024 GiB',
  ]);
});

t.test('labels of an axis are formatted in the same way', async (t) => {
  const values = [1, 1000, 1024, 64 * 1024, 1e6, 2 ** 30];
  const axis = { values, labelExpr: SIZE_LABELS, labelOverlap: false };
  const svg = await toSvg('a', 'T', {
    data: { values: values.map((x) => ({ x })) },
    mark: 'point',
    encoding: {
      x: { field: 'x', type: 'quantitative', title: null, scale: { type: 'log' }, axis },
    },
  });
  t.same(textsOf(svg, 'text'), values.map(sizeInWords));
});
