/** Distributions as curves, a panel per load: cumulative, or by percentile. */
import type { Distribution } from '../../../lib/account/histogram.js';
import type { Measurement } from '../../record.js';
import { type Quantile, quantiles } from '../../statistics/quantiles.js';
import type { Study, StudyCell } from '../study/study.js';
import type { Spec } from './chart.js';
import { byServer, inPanels, labelsOf } from './encodings.js';
import { logarithmic, SHARES, TIMES } from './scales.js';

export type Get = (measurement: Measurement) => Distribution | null | undefined;

interface Point {
  readonly server: string;
  readonly panel: string;
  readonly us: number;
  readonly share: number;
  /** 1/(1 − share): 10 at the 90th percentile, 1000 at the 99.9th. */
  readonly nines: number;
}

export function hasDistribution(cell: StudyCell, get: Get): boolean {
  return distributionsOf(cell, get).some(({ max }) => max > 0);
}

function distributionsOf({ valid }: StudyCell, get: Get): Distribution[] {
  return valid.flatMap(({ measurement }) => (measurement && get(measurement)) ?? []);
}

function pointsOf(cells: readonly StudyCell[], get: Get, keep: (q: Quantile) => boolean): Point[] {
  return cells.flatMap((cell) =>
    quantiles(distributionsOf(cell, get))
      .filter(keep)
      .map(({ share, us }) => ({
        server: cell.series.name,
        panel: cell.level.label,
        us: Math.round(us * 1000) / 1000,
        share,
        nines: 1 / (1 - share),
      })),
  );
}

const LINE = { type: 'line', strokeWidth: 1.8, interpolate: 'linear', clip: true };

/** The share of values at or below each value. */
export function cumulative(study: Study, get: Get, title: string): Spec {
  const cells = study.measured.filter((cell) => hasDistribution(cell, get));
  const data = pointsOf(cells, get, () => true);
  const { color, strokeDash } = byServer(cells);
  const { scale, ticks } = logarithmic(data.map(({ us }) => us));
  const view = {
    mark: { ...LINE, interpolate: 'step-after' },
    encoding: {
      x: {
        field: 'us',
        type: 'quantitative',
        title,
        scale,
        axis: { values: ticks, labelExpr: TIMES, grid: true, labelOverlap: 'greedy' },
      },
      y: {
        field: 'share',
        type: 'quantitative',
        title: 'share at or below',
        scale: { domain: [0, 1] },
        axis: { values: [0, 0.25, 0.5, 0.75, 1], labelExpr: SHARES },
      },
      order: { field: 'share', type: 'quantitative' },
      color,
      strokeDash,
    },
  };
  return inPanels(data, panelsOf(study, cells), view, 270);
}

/** The axis of HDR plots: 90 %, 99 %, 99.9 % … at equal distances. */
export function byPercentile(study: Study, get: Get, title: string): Spec {
  const cells = study.measured.filter((cell) => hasDistribution(cell, get));
  const data = pointsOf(cells, get, () => true);
  const { color, strokeDash } = byServer(cells);
  const { scale, ticks } = logarithmic(data.map(({ us }) => us));
  const most = Math.max(10, ...data.map(({ nines }) => nines));
  const nines = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7].filter((value) => value <= most * 1.01);
  const view = {
    mark: LINE,
    encoding: {
      x: {
        field: 'nines',
        type: 'quantitative',
        title: 'percentile (log of 1 − share)',
        scale: { type: 'log', domain: [1, most], nice: false },
        axis: { values: nines, labelExpr: PERCENTILES, grid: true, labelOverlap: false },
      },
      y: {
        field: 'us',
        type: 'quantitative',
        title,
        scale,
        axis: { values: ticks, labelExpr: TIMES },
      },
      order: { field: 'share', type: 'quantitative' },
      color,
      strokeDash,
    },
  };
  return inPanels(data, panelsOf(study, cells), view, 300);
}

const PERCENTILES = "datum.value < 2 ? '0' : format(100 - 100 / datum.value, '.9~r')";

function panelsOf({ levels }: Study, cells: readonly StudyCell[]): string[] {
  return labelsOf(levels.filter((level) => cells.some((cell) => cell.level === level)));
}
