/** Common parts of graphs: the colours of servers, the x axis, panels. */
import { type Axis, inWords } from '../study/levels.js';
import type { Series } from '../study/series.js';
import type { Level, Study, StudyCell } from '../study/study.js';
import { LEVELS } from './scales.js';
import { GAP, INK, SPACING, WIDTH } from './theme.js';

/** The encodings of the servers that are drawn, with a legend if there are several. */
export function byServer(
  cells: readonly StudyCell[],
  legend: object | null = drawn(cells).length > 1 ? {} : null,
) {
  const series = drawn(cells);
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

/** The x axis has ticks only at the measured levels. */
export function xOf(axis: Axis) {
  const { title, labels = LEVELS, values, scale } = axis;
  const { at, constant } = warped(axis);
  const domain = [at(-0.06), at(1.06)];
  return {
    field: 'x',
    type: 'quantitative',
    title,
    scale: { type: scale, nice: false, zero: false, domain, ...constant },
    axis: { values, labelExpr: labels, labelOverlap: 'greedy' },
  };
}

/** Shifts series sideways, so that their intervals don't overlap. */
export function beside(axis: Axis, value: number, nth: number, of: number): number {
  const { at, shareOf } = warped(axis);
  const step = Math.min(0.016, 0.08 / of);
  return at(shareOf(value) + (nth - (of - 1) / 2) * step);
}

/** The position of a value on its axis, 0 to 1, and the value at a position. */
function warped({ values, scale }: Axis) {
  const c = (values.find((value) => value > 0) ?? 1) / 2;
  const warp = {
    linear: (x: number) => x,
    log: Math.log,
    symlog: (x: number) => Math.log1p(x / c),
  };
  const back = {
    linear: (y: number) => y,
    log: Math.exp,
    symlog: (y: number) => c * Math.expm1(y),
  };
  const low = warp[scale](values[0] ?? 0);
  const span = warp[scale](values.at(-1) ?? 1) - low || 1;
  const beyond = (y: number) => (scale === 'symlog' && y < 0 ? -back.symlog(-y) : back[scale](y));
  return {
    shareOf: (value: number) => (warp[scale](value) - low) / span,
    at: (share: number) => beyond(low + share * span),
    constant: scale === 'symlog' ? { constant: c } : {},
  };
}

/** The variables besides the x axis, in words; empty if there are none. */
export function panelOf({ varying, axis }: Study, { level }: StudyCell): string {
  return inWords(
    level,
    varying.filter(({ name }) => name !== axis?.name),
  );
}

/** More lines in one plot can't be distinguished. */
const MOST_SERVERS = 6;

export function areMany(servers: readonly unknown[]): boolean {
  return servers.length > MOST_SERVERS;
}

/** Space for the titles of rows. */
const AXIS = 30;

/** Plots side by side with the same axes, each with few enough servers to distinguish them. */
function inParts(
  data: readonly OfServer[],
  servers: readonly string[],
  panels: readonly string[],
  view: object,
): Record<string, unknown> {
  const parts = Math.ceil(servers.length / (MOST_SERVERS - 1));
  const each = Math.ceil(servers.length / parts);
  const partOf = (server: string) => Math.floor(servers.indexOf(server) / each);
  const names = Array.from({ length: parts }, (_, i) => {
    const own = servers.slice(i * each, (i + 1) * each);
    return own.length === 1 ? `${own[0]}` : `${own[0]} … ${own.at(-1)}`;
  });
  const column = { field: 'part', type: 'nominal', sort: names, header: { title: null } };
  const row = { field: 'panel', type: 'nominal', sort: panels, header: { title: null } };
  const width = Math.floor((WIDTH - AXIS - (parts - 1) * GAP) / parts);
  return {
    data: { values: data.map((one) => ({ ...one, part: names[partOf(one.server)] })) },
    bounds: 'flush',
    facet: panels.length < 2 ? { column } : { row, column },
    spacing: SPACING,
    resolve: { axis: { x: 'independent' } },
    spec: { width, height: 160, ...view },
  };
}

interface OfServer {
  readonly server: string;
}

/** One view, or a panel per load; many servers are split into several plots. */
export function inPanels(
  data: readonly OfServer[],
  panels: readonly string[],
  view: object,
  height: number,
): Record<string, unknown> {
  const servers = [...new Set(data.map(({ server }) => server))];
  if (areMany(servers)) return inParts(data, servers, panels, view);
  const values = { values: data };
  if (panels.length < 2) return { data: values, width: WIDTH, height, ...view };
  const { columns, width } = grid(panels, WIDTH);
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

/** Pixels of a character in the title of a panel, at most. */
const CHARACTER = 7;

/** At most three panels side by side, two if there are two or four, and fewer if their titles would overlap. */
export function grid(
  panels: readonly string[],
  across: number,
): { readonly columns: number; readonly width: number } {
  const widest = CHARACTER * Math.max(...panels.map(({ length }) => length));
  const widthOf = (columns: number) => Math.floor((across - (columns - 1) * GAP) / columns);
  const most = panels.length === 2 || panels.length === 4 ? 2 : 3;
  const columns = [most, 2].find((count) => widest < widthOf(count) + GAP / 2) ?? 1;
  return { columns, width: widthOf(columns) };
}

/** The heading of one of several views below each other. */
export function headed(text: string): object {
  return { title: { text, anchor: 'start', fontSize: 12, color: INK } };
}

export function labelsOf(levels: readonly Level[]): string[] {
  return levels.map(({ label }) => label);
}
