/** The style of graphs: light and dark colours, sizes, fonts. */
import { OKABE_ITO } from '../study/series.js';

export const INK = '#1f2328';
export const MUTED = '#59636e';
export const GRID = '#dfe3e8';
export const PAPER = '#ffffff';
export const SHADE = '#f3f5f7';
export const ALARM = '#b3261e';

/** Paul Tol's light scheme: for parts of a whole, so that no part is mistaken for a server. */
export const PARTS = [
  '#77aadd',
  '#ee8866',
  '#eedd88',
  '#ffaabb',
  '#99ddff',
  '#44bb99',
  '#bbcc33',
  '#aaaa00',
];

/** The colours on a dark page; all others are unchanged. */
const DARK: readonly (readonly [light: string, dark: string])[] = [
  [INK, '#e6edf3'],
  [MUTED, '#9da7b3'],
  [GRID, '#323a44'],
  [PAPER, '#12161c'],
  [SHADE, '#1b2129'],
  [ALARM, '#ff8a80'],
  [OKABE_ITO.black, '#f0f3f6'],
  [OKABE_ITO.blue, '#4ba3e3'],
  [OKABE_ITO.green, '#2cc295'],
  [OKABE_ITO.vermillion, '#f0803c'],
  ['#767676', '#9a9a9a'],
];

/** A style sheet; `within` selects the graphs to which it applies. */
export function darkColors(within: string): string {
  return DARK.flatMap(([light, dark]) =>
    ['fill', 'stroke'].map((what) => `${within} [${what}="${light}"]{${what}:${dark}}`),
  ).join('\n');
}

export const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';

/** Across the text, in px. */
export const WIDTH = 630;
/** Between panels: below a row there are an axis and the next row's headings. */
export const GAP = 30;
export const SPACING = { column: GAP, row: 76 };

const AXIS = {
  labelColor: MUTED,
  titleColor: INK,
  domainColor: MUTED,
  tickColor: MUTED,
  gridColor: GRID,
  labelFontSize: 11,
  titleFontSize: 11.5,
  titleFontWeight: 'normal',
  titlePadding: 8,
  labelPadding: 4,
};

export const CONFIG = {
  background: null,
  aria: false,
  font: FONT,
  padding: 6,
  axis: AXIS,
  axisX: { grid: false },
  axisY: { domain: false, ticks: false, tickCount: 6 },
  view: { stroke: null },
  header: { labelColor: INK, labelFontSize: 12, labelFontWeight: 600, title: null },
  legend: {
    orient: 'top',
    direction: 'horizontal',
    title: null,
    labelColor: INK,
    labelFontSize: 11.5,
    labelLimit: 260,
    symbolStrokeWidth: 2,
    symbolSize: 90,
    symbolOpacity: 1,
    columnPadding: 18,
    rowPadding: 4,
    offset: 10,
    columns: 6,
  },
  text: { color: INK, fontSize: 11 },
};
