import t from 'tap';
import { darkColors, INK, PAPER, PARTS } from '../../../../bench/report/charts/theme.js';
import { OKABE_ITO } from '../../../../bench/report/study/series.js';

/** Relative luminance as defined by WCAG 2.1. */
function luminance(color: string): number {
  const channels = [1, 3, 5].map((at) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  const [red = 0, green = 0, blue = 0] = channels;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const contrast = (one: string, other: string) => {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
};

/** The colour that replaces a colour on a dark page. */
const dark = (color: string) =>
  new RegExp(`\\[fill="${color}"\\]\\{fill:(#[0-9a-f]{6})\\}`).exec(darkColors('svg'))?.[1] ??
  color;

t.test('text and server colours have sufficient contrast on dark pages', async (t) => {
  t.ok(contrast(dark(INK), dark(PAPER)) > 7, 'WCAG AAA for text');
  for (const color of Object.values(OKABE_ITO))
    t.ok(contrast(dark(color), dark(PAPER)) > 3, `${color}: WCAG AA for graphics`);
});

t.test('fills and strokes change to the same colours, only within the selector', async (t) => {
  const rules = darkColors('svg.own').split('\n');
  for (const rule of rules)
    t.match(rule, /^svg\.own \[(fill|stroke)="#[0-9a-f]{6}"\]\{\1:#[0-9a-f]{6}\}$/);
  t.equal(rules.filter((rule) => rule.includes('{fill')).length * 2, rules.length);
});

t.test('colours of parts differ from the colours of servers', async (t) => {
  const servers: readonly string[] = Object.values(OKABE_ITO);
  t.same(
    PARTS.filter((color) => servers.includes(color)),
    [],
  );
  t.equal(new Set(PARTS).size, PARTS.length);
});
