/** A figure with its interval against what varies; as bars where nothing but the server does. */
import type { TrialRecord } from '../../record.js';
import type { Estimate } from '../../statistics/median.js';
import type { Axis } from '../levels.js';
import type { Study, StudyCell } from '../study.js';
import type { Spec } from './chart.js';
import { beside, byServer, drawn, inPanels, panelOf, xOf } from './encodings.js';
import { INK, MUTED, PAPER, WIDTH } from './theme.js';

export interface Figures {
  readonly title: string;
  /** A Vega expression for the axis labels, and a formatter for figures beside bars. */
  readonly labels: string;
  readonly show: (value: number | null) => string;
  readonly estimate: (cell: StudyCell) => Estimate | null;
  /** The figure of a single trial, drawn faintly. */
  readonly single?: (record: TrialRecord) => number | null;
  /** A line across: where a ratio is 1. */
  readonly reference?: number;
  readonly scale?: object;
  readonly ticks?: readonly number[];
}

export function againstLoad(study: Study, figures: Figures): Spec {
  const cells = study.measured.filter((cell) => figures.estimate(cell) !== null);
  return study.axis ? lines(study, study.axis, cells, figures) : bars(cells, figures);
}

function points(study: Study, axis: Axis, cells: readonly StudyCell[], figures: Figures) {
  const series = drawn(cells);
  return cells.flatMap((cell) => {
    const at = {
      server: cell.series.name,
      panel: panelOf(study, cell),
      x: beside(axis, cell.level[axis.name], series.indexOf(cell.series), series.length),
    };
    return [
      { ...at, kind: 'cell', hollow: cell.row.clientBound, ...figures.estimate(cell) },
      ...singlesOf(cell, figures).map((value) => ({ ...at, kind: 'trial', value })),
    ];
  });
}

/** Of single trials; empty where one alone is the cell's own figure. */
function singlesOf({ valid }: StudyCell, { single }: Figures): readonly number[] {
  const values = valid.flatMap((record) => single?.(record) ?? []);
  return values.length > 1 ? values : [];
}

function lines(study: Study, axis: Axis, cells: readonly StudyCell[], figures: Figures): Spec {
  const data = points(study, axis, cells, figures);
  const { color, strokeDash, shape } = byServer(cells);
  const x = xOf(axis);
  const y = {
    type: 'quantitative',
    title: figures.title,
    scale: figures.scale ?? { zero: true },
    axis: { labelExpr: figures.labels, ...(figures.ticks ? { values: figures.ticks } : {}) },
  };
  const cellsOnly = [{ filter: "datum.kind === 'cell'" }];
  const layer = [
    ...referenceLine(figures, 'y'),
    {
      transform: [{ filter: "datum.kind === 'trial'" }],
      mark: { type: 'point', filled: true, size: 22, opacity: 0.5 },
      encoding: { x, y: { ...y, field: 'value' }, color },
    },
    {
      transform: cellsOnly,
      mark: { type: 'line', strokeWidth: 1.8 },
      encoding: { x, y: { ...y, field: 'median' }, color, strokeDash },
    },
    {
      transform: [{ filter: "datum.kind === 'cell' && isValid(datum.low)" }],
      mark: { type: 'rule', strokeWidth: 1.6 },
      encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
    },
    {
      transform: cellsOnly,
      mark: { type: 'point', filled: true, size: 62, opacity: 1 },
      encoding: { x, y: { ...y, field: 'median' }, color, shape },
    },
    ...hollow(data, { x, y: { ...y, field: 'median' }, shape }),
  ];
  const panels = [...new Set(data.map(({ panel }) => panel))];
  return inPanels(data, panels, { layer }, 290);
}

/** The middle of a marker taken out: its value is a lower bound. */
function hollow(data: readonly object[], encoding: object): object[] {
  if (!data.some((each) => 'hollow' in each && each.hollow)) return [];
  const mark = { type: 'point', filled: true, size: 18, opacity: 1, color: PAPER };
  return [{ transform: [{ filter: 'datum.hollow' }], mark, encoding }];
}

function referenceLine({ reference }: Figures, channel: 'x' | 'y'): object[] {
  if (reference === undefined) return [];
  const mark = { type: 'rule', color: MUTED, strokeDash: [3, 3], strokeWidth: 1 };
  return [{ mark, encoding: { [channel]: { datum: reference } } }];
}

const BAR = 30;

function bars(cells: readonly StudyCell[], figures: Figures): Spec {
  const data = cells.map((cell) => barOf(cell, figures)).sort((a, b) => b.median - a.median);
  const singles = cells.flatMap((cell) =>
    singlesOf(cell, figures).map((value) => ({ server: cell.series.name, value })),
  );
  const most = Math.max(
    ...data.map(({ end }) => end),
    ...singles.map(({ value }) => value),
    figures.reference ?? 0,
  );
  const x = {
    type: 'quantitative',
    title: figures.title,
    scale: { domain: [0, most * 1.14], nice: false },
    axis: { labelExpr: figures.labels, grid: true, tickCount: 6 },
  };
  const sort = data.map(({ server }) => server);
  const y = { field: 'server', type: 'nominal', sort, title: null, axis: { labelColor: INK } };
  const color = { ...byServer(cells).color, legend: null };
  return {
    data: { values: data },
    width: WIDTH - 60,
    height: BAR * data.length,
    layer: [...barLayers({ x, y, color }, singles), ...referenceLine(figures, 'x')],
  };
}

function barOf(cell: StudyCell, figures: Figures) {
  const { median, low, high } = figures.estimate(cell) as Estimate;
  const label = figures.show(median) + (cell.row.clientBound ? ' (client-bound)' : '');
  return { server: cell.series.name, median, low, high, end: high ?? median, label };
}

interface BarChannels {
  readonly x: object;
  readonly y: object;
  readonly color: object;
}

/** Bars with intervals and labels, and the figures of single trials on them. */
function barLayers({ x, y, color }: BarChannels, singles: readonly object[]): object[] {
  return [
    {
      mark: { type: 'bar', height: { band: 0.62 }, opacity: 0.85 },
      encoding: { x: { ...x, field: 'median' }, y, color },
    },
    {
      transform: [{ filter: 'isValid(datum.low)' }],
      mark: { type: 'rule', color: INK, strokeWidth: 1.6 },
      encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' }, y },
    },
    {
      mark: { type: 'text', align: 'left', dx: 6, color: INK },
      encoding: { x: { ...x, field: 'end' }, y, text: { field: 'label' } },
    },
    {
      data: { values: singles },
      mark: { type: 'point', filled: true, size: 22, opacity: 0.45, color: INK },
      encoding: { x: { ...x, field: 'value' }, y },
    },
  ];
}
