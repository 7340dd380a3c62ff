/** A figure of each server with its interval, for runs in which no number varies: a panel per load. */
import type { Estimate } from '../../statistics/median.js';
import type { Level, StudyCell } from '../study/study.js';
import type { Spec } from './chart.js';
import { byServer, headed } from './encodings.js';
import { type Figures, referenceLine, singlesOf } from './figures.js';
import { INK, WIDTH } from './theme.js';

const BAR = 30;

/** Panels have the same axis; only the last one has its title. */
export function barsByLoad(
  levels: readonly Level[],
  cells: readonly StudyCell[],
  figures: Figures,
): Spec {
  const panels = levels
    .map((one) => ({ label: one.label, own: cells.filter(({ level }) => level === one) }))
    .filter(({ own }) => own.length > 0);
  if (panels.length < 2) return bars(cells, figures);
  return {
    vconcat: panels.map(({ label, own }, i) => ({
      ...headed(label),
      ...bars(own, i < panels.length - 1 ? { ...figures, title: '' } : figures, cells),
    })),
    spacing: 24,
  };
}

/** `all`: the cells that share its axis and colours. */
export function bars(
  cells: readonly StudyCell[],
  figures: Figures,
  all: readonly StudyCell[] = cells,
): Spec {
  const data = cells.map((cell) => barOf(cell, figures)).sort((a, b) => b.median - a.median);
  const singles = cells.flatMap((cell) =>
    singlesOf(cell, figures).map((value) => ({ server: cell.series.name, value })),
  );
  const most = mostOf(all, figures);
  const x = {
    type: 'quantitative',
    title: figures.title,
    scale: { domain: [0, most * 1.14], nice: false },
    axis: { labelExpr: figures.labels, grid: true, tickCount: 6 },
  };
  const sort = data.map(({ server }) => server);
  const y = { field: 'server', type: 'nominal', sort, title: null, axis: { labelColor: INK } };
  const color = { ...byServer(all).color, legend: null };
  return {
    data: { values: data },
    width: WIDTH - 60,
    height: BAR * data.length,
    layer: [...barLayers({ x, y, color }, singles), ...referenceLine(figures, 'x')],
  };
}

/** The highest value that is drawn. */
function mostOf(cells: readonly StudyCell[], figures: Figures): number {
  return Math.max(
    ...cells.map((cell) => barOf(cell, figures).end),
    ...cells.flatMap((cell) => singlesOf(cell, figures)),
    figures.reference ?? 0,
  );
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
