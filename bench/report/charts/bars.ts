/** A figure of each server with its interval, for runs in which only the server varies. */
import type { Estimate } from '../../statistics/median.js';
import type { StudyCell } from '../study/study.js';
import type { Spec } from './chart.js';
import { byServer } from './encodings.js';
import { type Figures, referenceLine, singlesOf } from './figures.js';
import { INK, WIDTH } from './theme.js';

const BAR = 30;

export function bars(cells: readonly StudyCell[], figures: Figures): Spec {
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
