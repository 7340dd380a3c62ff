/** Relative efficiency over two factors of the load: a panel per server. */

import { groupBy } from '../../../lib/group.js';
import { factorValue } from '../../plan/load-level.js';
import { fixed } from '../../text/format.js';
import { type Axis, axesOf, inWords } from '../study/levels.js';
import { type RelativeEfficiency, relativeEfficiency } from '../study/relative-efficiency.js';
import type { Study, StudyCell } from '../study/study.js';
import { listed } from '../text/phrases.js';
import { joined, nameOf, onCells, onIntervals } from './caveats.js';
import type { Chart, Spec } from './chart.js';
import { drawn, headed } from './encodings.js';
import { LEVELS } from './scales.js';
import { GAP, INK, MUTED, SPACING, WIDTH } from './theme.js';

export const heatMap: Chart = {
  id: 'heat-map',
  title: (study) => {
    const [x, y] = planeOf(study) ?? [];
    return `Relative efficiency by ${x?.title} and ${y?.title}`;
  },
  applies: (study) => {
    const { ratioOf, isDoubtful } = relativeEfficiency(study);
    const isFilled = (cell: StudyCell) => ratioOf(cell) !== null && !isDoubtful(cell);
    return planeOf(study) !== null && study.measured.some(isFilled);
  },
  caption: (study) => {
    const { to, ratioOf, isDoubtful } = relativeEfficiency(study);
    const isKnown = (cell: StudyCell) => ratioOf(cell) !== null;
    const doubtful = study.measured.filter((cell) => isKnown(cell) && isDoubtful(cell));
    return joined(
      `Efficiency divided by that of ${DIVISORS[to]}. Darker: more efficient.`,
      doubtful.length > 0
        ? `Hollow, because too few trials are valid: ${listed(doubtful.map(nameOf))}.`
        : '',
      onIntervals(study),
      onCells(study, isKnown),
    );
  },
  spec: (study) => {
    const plane = planeOf(study);
    return plane === null ? {} : specOf(study, plane);
  },
};

const DIVISORS: Readonly<Record<RelativeEfficiency['to'], string>> = {
  baseline: 'the baseline in neighbouring slices, under the same load',
  best: 'the best server under the same load',
};

type Plane = readonly [x: Axis, y: Axis];

/** The two numeric factors with most levels; null if fewer than two vary. */
function planeOf({ varying, levels }: Study): Plane | null {
  const [x, y] = axesOf(varying, levels);
  return x && y ? [x, y] : null;
}

/** A block of panels for each combination of the other factors. */
function specOf(study: Study, plane: Plane): Spec {
  const others = study.varying.filter(({ name }) => plane.every((axis) => axis.name !== name));
  const blocks = groupBy(study.cells, ({ level }) => inWords(level, others));
  const relative = relativeEfficiency(study);
  const domain = domainOf(study.measured.flatMap((cell) => relative.ratioOf(cell) ?? []));
  return {
    vconcat: [...blocks].map(([label, cells]) => ({
      ...(label === '' ? {} : headed(label)),
      ...panels(cells, plane, relative, domain),
    })),
    spacing: 24,
  };
}

/** At least from 0.8 to 1, so that nearly equal ratios have nearly equal colours. */
function domainOf(ratios: readonly number[]): Domain {
  return [Math.min(0.8, ...ratios), Math.max(1, ...ratios)];
}

type Domain = readonly [number, number];

/** Space for the labels of the y axis. */
const LABELS = 70;
const MOST_COLUMNS = 4;
/** A cell's figure needs this width. */
const NARROWEST = 36;
const WIDEST = 70;
const ROW = 26;

/** As many servers side by side as there is space for. */
function panels(
  cells: readonly StudyCell[],
  [x, y]: Plane,
  relative: RelativeEfficiency,
  domain: Domain,
): object {
  const servers = drawn(cells).map(({ name }) => name);
  const space = WIDTH - LABELS + GAP;
  const fitting = Math.floor(space / (x.values.length * NARROWEST + GAP));
  const columns = Math.max(1, Math.min(servers.length, MOST_COLUMNS, fitting));
  const widest = Math.floor(space / columns) - GAP;
  return {
    data: { values: cells.map((cell) => squareOf(cell, [x, y], relative, domain)) },
    facet: { field: 'server', type: 'nominal', sort: servers, header: { title: null } },
    columns,
    bounds: 'flush',
    spacing: SPACING,
    resolve: { axis: { x: 'independent' } },
    spec: {
      width: Math.min(widest, x.values.length * WIDEST),
      height: ROW * y.values.length,
      encoding: {
        x: { ...positionOf(x), field: 'x' },
        y: { ...positionOf(y, y.values.toReversed()), field: 'y' },
      },
      layer: marks(domain),
      resolve: { scale: { color: 'independent' } },
    },
  };
}

/** From this share of the scale on, pale figures have more contrast than black ones. */
export const DARK_FROM = 0.65;

function squareOf(
  cell: StudyCell,
  [x, y]: Plane,
  { ratioOf, isDoubtful }: RelativeEfficiency,
  [low, high]: Domain,
) {
  const ratio = ratioOf(cell);
  const look = ratio === null ? 'missing' : isDoubtful(cell) ? 'hollow' : 'filled';
  const isDark = ratio !== null && Math.log(ratio / low) / Math.log(high / low) >= DARK_FROM;
  return {
    server: cell.series.name,
    x: factorValue(cell.level, x.name),
    y: factorValue(cell.level, y.name),
    ratio,
    look,
    label: fixed(ratio, 2),
    ink: look !== 'filled' ? INK : isDark ? PALE : BLACK,
  };
}

/** Levels at equal distances. */
function positionOf({ title, values, labels = LEVELS }: Axis, domain = values) {
  const axis = { labelExpr: labels, labelAngle: 0, labelOverlap: 'greedy', domain: false };
  return { type: 'ordinal', title, sort: null, scale: { domain }, axis };
}

/** One hue from light to dark, so that the order remains in grey. The same on a dark page. */
export const [PALE, DEEP, BLACK] = ['#eaf2fb', '#0a3d73', '#0b1118'];

function marks(domain: Domain): readonly object[] {
  const only = (look: string) => [{ filter: `datum.look === '${look}'` }];
  const scale = { type: 'log', domain, range: [PALE, DEEP], interpolate: 'lab' };
  const outline = { type: 'rect', filled: false, stroke: MUTED, width: { band: 0.9 } };
  return [
    {
      transform: only('filled'),
      mark: { type: 'rect', width: { band: 0.96 }, height: { band: 0.94 } },
      encoding: { color: { field: 'ratio', type: 'quantitative', scale, legend: null } },
    },
    { transform: only('hollow'), mark: { ...outline, height: { band: 0.86 } } },
    {
      transform: only('missing'),
      mark: { ...outline, height: { band: 0.86 }, strokeDash: [2, 3] },
    },
    {
      mark: { type: 'text' },
      encoding: {
        text: { field: 'label' },
        color: { field: 'ink', type: 'nominal', scale: null },
      },
    },
  ];
}
