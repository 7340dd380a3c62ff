import t from 'tap';
import { darkColors } from '../../../../bench/report/charts/theme.js';
import { styleSheet } from '../../../../bench/report/html/style.js';

const css = styleSheet();

t.test(
  'the style sheet is one that can stand in a page: balanced, and without markup',
  async (t) => {
    t.notMatch(css, /[<]|@import|url\((?!#)/);
    let depth = 0;
    for (const character of css.replace(/"[^"]*"/g, '')) {
      depth += Number(character === '{') - Number(character === '}');
      if (depth < 0) t.fail('a brace ends nothing');
    }
    t.equal(depth, 0);
  },
);

t.test('a variable that is used has a value, and another one on a dark page', async (t) => {
  const [light = '', dark = ''] = css.split('prefers-color-scheme: dark');
  const names = (text: string, pattern: RegExp) =>
    new Set([...text.matchAll(pattern)].map(([, name = '']) => name));
  const [set, setDark] = [light, dark].map((text) => names(text, /(--[\w-]+):/g));
  for (const name of names(css, /var\((--[\w-]+)\)/g)) t.ok(set?.has(name), name);
  for (const name of setDark ?? []) t.ok(set?.has(name), name);
  t.ok(dark.includes(darkColors('svg.chart')), 'graphs turn dark with the page');
});
