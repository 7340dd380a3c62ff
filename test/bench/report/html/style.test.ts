import t from 'tap';
import { darkColors } from '../../../../bench/report/charts/theme.js';
import { styleSheet } from '../../../../bench/report/html/style.js';

const css = styleSheet();

t.test('the style sheet can be embedded in a page: balanced braces and no markup', async (t) => {
  t.notMatch(css, /[<]|@import|url\((?!#)/);
  let depth = 0;
  for (const character of css.replace(/"[^"]*"/g, '')) {
    depth += Number(character === '{') - Number(character === '}');
    if (depth < 0) t.fail('unbalanced closing brace');
  }
  t.equal(depth, 0);
});

t.test('variables in use are defined, and dark pages override only defined ones', async (t) => {
  const [light = '', dark = ''] = css.split('prefers-color-scheme: dark');
  const names = (text: string, pattern: RegExp) =>
    new Set([...text.matchAll(pattern)].map(([, name = '']) => name));
  const [set, setDark] = [light, dark].map((text) => names(text, /(--[\w-]+):/g));
  for (const name of names(css, /var\((--[\w-]+)\)/g)) t.ok(set?.has(name), name);
  for (const name of setDark ?? []) t.ok(set?.has(name), name);
  t.ok(dark.includes(darkColors('svg.chart')), 'graphs switch to dark colours with the page');
});
