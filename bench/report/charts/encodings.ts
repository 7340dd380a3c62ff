/** What graphs have in common: the colours of servers, the axis of what varies, panels for the rest. */
import type { Axis } from '../levels.js';
import type { Series } from '../series.js';
import type { Level, Study, StudyCell } from '../study.js';
import { LEVELS } from './scales.js';
import { GAP, SPACING, WIDTH } from './theme.js';

/** Of those that are drawn at all; a legend where there is more than one. */
export function byServer(cells: readonly StudyCell[]) {
  const series = drawn(cells);
  const legend = series.length > 1 ? {} : null;
  const domain = series.map(({ name }) => name);
  const scaled = (range: readonly unknown[]) => ({
    field: 'server',
    type: 'nominal',
    scale: { domain, range },
    legend,
  });
  return {
    color: scaled(series.map(({ color }) => color)),
    strokeDash: scaled(series.map(({ dash }) => (dash.length > 0 ? dash : [1, 0]))),
    shape: scaled(series.map(({ shape }) => shape)),
  };
}

export function drawn(cells: readonly StudyCell[]): Series[] {
  return [...new Set(cells.map((cell) => cell.series))];
}

/** The x axis has ticks at the levels that were measured, and nowhere else. */
export function xOf({ title, values, scale }: Axis) {
  const [low = 0, high = 1] = [values[0], values.at(-1)];
  const room = (high - low) * 0.04;
  const domain = scale === 'log' ? [low / 1.08, high * 1.08] : [low - room, high + room];
  const constant = (values.find((value) => value > 0) ?? 1) / 2;
  const base = { type: scale, nice: false, zero: false, domain };
  return {
    field: 'x',
    type: 'quantitative',
    title,
    scale: scale === 'symlog' ? { ...base, constant, domain: [low, high * 1.1] } : base,
    axis: { values, labelExpr: LEVELS, labelOverlap: 'greedy' },
  };
}

/** Sets series beside each other, so that their intervals don't hide one another. */
export function beside({ values, scale }: Axis, value: number, nth: number, of: number): number {
  const shift = (nth - (of - 1) / 2) * 0.008;
  const span = (values.at(-1) ?? 0) - (values[0] ?? 0);
  return scale === 'linear' ? value + shift * span : value * (1 + 2 * shift);
}

/** What varies besides the x axis, in words; empty where nothing does. */
export function panelOf({ varying, axis }: Study, { level }: StudyCell): string {
  const words: Readonly<Record<string, string>> = {
    connections: `${level.connections.toLocaleString('en')} connections`,
    idle: `${level.idle.toLocaleString('en')} idle`,
    rate: `${level.rate.toLocaleString('en')} messages/s`,
  };
  return varying
    .filter((name) => name !== axis?.name)
    .map((name) => words[name])
    .join(', ');
}

/** One view, or a panel each where there are several. */
export function inPanels(
  data: readonly object[],
  panels: readonly string[],
  view: object,
  height: number,
): Record<string, unknown> {
  const values = { values: data };
  if (panels.length < 2) return { data: values, width: WIDTH, height, ...view };
  const { columns, width } = grid(panels.length, WIDTH);
  return {
    data: values,
    facet: { field: 'panel', type: 'nominal', sort: panels, header: { title: null } },
    columns,
    bounds: 'flush',
    spacing: SPACING,
    resolve: { axis: { x: 'independent' } },
    spec: { width, height: Math.min(height, columns === 2 ? 210 : 180), ...view },
  };
}

/** Three panels side by side, but for two and four. */
export function grid(panels: number, across: number): { columns: number; width: number } {
  const columns = panels === 2 || panels === 4 ? 2 : 3;
  return { columns, width: Math.floor((across - (columns - 1) * GAP) / columns) };
}

export function labelsOf(levels: readonly Level[]): string[] {
  return levels.map(({ label }) => label);
}
