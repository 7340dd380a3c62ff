/** Specifications as SVG: identical bytes each time, an accessible name, and labels with units. */
import t from 'tap';
import { COUNTS, LEVELS, SHARES, TIMES } from '../../../../bench/report/charts/scales.js';
import { toSvg } from '../../../../bench/report/charts/svg.js';
import { elementsOf, markupFaults, textsOf } from '../../../support/markup.js';

/** Points at these values, which are also the ticks of the axis. */
function axisOf(values: readonly number[], labelExpr: string) {
  return {
    data: { values: values.map((x) => ({ x })) },
    mark: { type: 'point', clip: true },
    width: 2000,
    encoding: {
      x: {
        ...{ field: 'x', type: 'quantitative', title: null, scale: { type: 'symlog' } },
        axis: { values, labelExpr, labelOverlap: false },
      },
    },
  };
}

t.test('axis labels have units and at most three digits', async (t) => {
  for (const [labels, values, expected] of [
    [TIMES, [0.5, 999, 1000, 1500, 2e6], ['0.5 µs', '999 µs', '1 ms', '1.5 ms', '2 s']],
    [COUNTS, [0, 950, 217_000, 1.2e6], ['0', '950', '217k', '1.2M']],
    [LEVELS, [0, 1000, 99_999, 100_000], ['0', '1,000', '99,999', '100k']],
    [SHARES, [0, 0.25, 0.999, 1], ['0 %', '25 %', '99.9 %', '100 %']],
  ] as const)
    t.same(textsOf(await toSvg('a', 'T', axisOf(values, labels)), 'text'), expected);
});

t.test('a graph has its title as its accessible name, with markup escaped', async (t) => {
  const svg = await toSvg('own', 'a <b> & "c"', axisOf([1], LEVELS));
  t.same(markupFaults(svg), []);
  const [frame] = elementsOf(svg, 'svg');
  t.match(frame, { class: 'chart', role: 'img', 'aria-labelledby': 'own-title' });
  t.match(svg, '<title id="own-title">a &lt;b&gt; &amp; &quot;c&quot;</title>');
});

t.test('ids are prefixed with the graph’s id and stable, and references resolve', async (t) => {
  const draw = () => toSvg('own', 'T', axisOf([1, 2], LEVELS));
  const [first, second] = [await draw(), await draw()];
  t.equal(first, second);
  const ids = [...first.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  t.ok(ids.length > 1 && ids.every((id) => id?.startsWith('own-')));
  for (const [, id] of first.matchAll(/url\(#([^)]+)\)/g)) t.ok(ids.includes(id), id ?? '');
});

t.test('coordinates have at most two decimal places', async (t) => {
  const svg = await toSvg('own', 'T', axisOf([1, 3, 7, 11], LEVELS));
  for (const name of ['path', 'line', 'g'])
    for (const { d = '', transform = '', x2 = '' } of elementsOf(svg, name))
      t.notMatch(`${d} ${transform} ${x2}`, /\.\d{3}/);
});
