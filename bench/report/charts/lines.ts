/** A figure with its interval against the load, a line per server. */
import { factorValue } from '../../plan/load-level.js';
import type { Estimate } from '../../statistics/median.js';
import type { Axis } from '../study/levels.js';
import type { Study, StudyCell } from '../study/study.js';
import type { Spec } from './chart.js';
import { directLabels, type EndOfLine } from './direct-labels.js';
import { beside, byServer, drawn, inPanels, panelOf, xOf } from './encodings.js';
import { type Figures, referenceLine, singlesOf } from './figures.js';
import { type Scale, shareOf } from './scales.js';
import { areApart, type PanelValue, sharedScale, WHY_LOG } from './shared-scale.js';
import { PAPER, WIDTH } from './theme.js';

/** A panel for each combination of the other variables; with one panel, names are at the ends of the lines. */
export function lines(
  study: Study,
  axis: Axis,
  cells: readonly StudyCell[],
  figures: Figures,
): Spec {
  const data = points(study, axis, cells, figures);
  const scaled = scaledFor(data, figures);
  const panels = [...new Set(data.map(({ panel }) => panel))];
  if (panels.length > 1)
    return inPanels(data, panels, { layer: layersOf(data, axis, cells, scaled) }, HEIGHT);
  const width = WIDTH - NAMES;
  const layer = layersOf(data, axis, cells, scaled, null);
  const names = directLabels(endsOf(data, cells, scaled.scale), width, HEIGHT);
  return { data: { values: data }, width, height: HEIGHT, layer: [...layer, ...names] };
}

const HEIGHT = 290;
/** Space for the names of servers. */
const NAMES = 130;

type Point = ReturnType<typeof points>[number];

/** Why the axis is logarithmic; empty if it is not, or always is. */
export function onScale(
  study: Study,
  axis: Axis,
  cells: readonly StudyCell[],
  figures: Figures,
): string {
  const data = points(study, axis, cells, figures);
  return figures.scale === undefined && areApart(data.flatMap(heightsOf)) ? WHY_LOG : '';
}

type Scaled = Figures & { readonly scale: Scale };

function scaledFor(data: readonly Point[], figures: Figures): Scaled {
  const { scale } = figures;
  return scale
    ? { ...figures, scale }
    : { ...figures, ...sharedScale(figures.title, data.flatMap(heightsOf)) };
}

function heightsOf(point: Point): PanelValue[] {
  const { panel } = point;
  const values = 'value' in point ? [point.value] : [point.low, point.median, point.high];
  return values.flatMap((value) => (value === null ? [] : { panel, value }));
}

/** Where each server's line ends. */
function endsOf(data: readonly Point[], cells: readonly StudyCell[], scale: Scale): EndOfLine[] {
  return drawn(cells).flatMap(({ name, color }) => {
    const own = data.flatMap((each) => ('median' in each && each.server === name ? [each] : []));
    const last = own.sort((a, b) => a.x - b.x).at(-1);
    return last === undefined ? [] : [{ name, color, at: shareOf(scale, last.median) }];
  });
}

function yOf({ title, labels, ticks, scale }: Scaled) {
  const axis = { labelExpr: labels, ...(ticks ? { values: ticks } : {}) };
  return { type: 'quantitative', title, scale, axis };
}

/** `legend`: null for none. */
function layersOf(
  data: readonly Point[],
  axis: Axis,
  cells: readonly StudyCell[],
  figures: Scaled,
  legend?: null,
): object[] {
  const { color, strokeDash, shape } = byServer(cells, legend);
  const x = xOf(axis);
  const y = yOf(figures);
  const cellsOnly = [{ filter: "datum.kind === 'cell'" }];
  return [
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
}

function points(study: Study, axis: Axis, cells: readonly StudyCell[], figures: Figures) {
  const series = drawn(cells);
  return cells.flatMap((cell) => {
    const at = {
      server: cell.series.name,
      panel: panelOf(study, cell),
      x: beside(
        axis,
        factorValue(cell.level, axis.name) as number,
        series.indexOf(cell.series),
        series.length,
      ),
    };
    return [
      {
        ...at,
        kind: 'cell',
        hollow: cell.row.clientBound,
        ...(figures.estimate(cell) as Estimate),
      },
      ...singlesOf(cell, figures).map((value) => ({ ...at, kind: 'trial', value })),
    ];
  });
}

/** Hollow markers, whose values are lower bounds. */
function hollow(data: readonly object[], encoding: object): object[] {
  if (!data.some((each) => 'hollow' in each && each.hollow)) return [];
  const mark = { type: 'point', filled: true, size: 18, opacity: 1, color: PAPER };
  return [{ transform: [{ filter: 'datum.hollow' }], mark, encoding }];
}
