/** Heat maps of pools over clients and workers: time, throughput and queueing delay. */
import { groupBy } from '../../../lib/group.js';
import { time } from '../../text/format.js';
import { inWords } from '../study/levels.js';
import { poolCells } from '../study/pools.js';
import type { Study, StudyCell } from '../study/study.js';
import { joined, onCells } from './caveats.js';
import type { Chart, Spec } from './chart.js';
import { headed } from './encodings.js';
import { BLACK, DARK_FROM, DEEP, PALE } from './heat-map.js';
import { GAP, SPACING, WIDTH } from './theme.js';

/** What the colour of a square shows. */
interface Figure {
  readonly id: string;
  readonly title: string;
  readonly caption: string;
  readonly of: (cell: StudyCell) => number | null;
  readonly show: (value: number, study: Study) => string;
}

export const poolTime = mapOf({
  id: 'pool-time',
  title: 'Total time by clients and workers',
  caption: 'From the first client’s start to the last one’s end. Darker: longer.',
  of: ({ row }) => scaled(row.completion?.totalS, 1e6),
  show: (us) => time(us),
});

export const poolThroughput = mapOf({
  id: 'pool-throughput',
  title: 'Throughput by clients and workers',
  caption: 'Of all clients together. Darker: more.',
  of: ({ row }) => row.throughput?.median ?? null,
  show: (rate, { wording }) => wording.showRate(rate),
});

export const poolQueueing = mapOf({
  id: 'pool-queueing',
  title: 'Queueing delay by clients and workers',
  caption:
    'Mean time from when a connection could send until a worker accepted it. Darker: longer.',
  of: ({ row }) => scaled(row.completion?.queueing.meanMs, 1e3),
  show: (us) => time(us),
});

function scaled(value: number | null | undefined, factor: number): number | null {
  return value == null ? null : value * factor;
}

function mapOf(figure: Figure): Chart {
  const cellsOf = (study: Study) =>
    poolCells(study).filter((cell) => cell.row.completion !== null && figure.of(cell) !== null);
  const clients = (cells: readonly StudyCell[]) =>
    new Set(cells.map(({ cell }) => cell.connections)).size;
  return {
    id: figure.id,
    title: () => figure.title,
    caption: (study) => joined(`${figure.caption} Medians over the valid trials.`, onCells(study)),
    applies: (study) => clients(cellsOf(study)) > 1,
    spec: (study) => specOf(study, figure, cellsOf(study)),
  };
}

/** A row of panels for each combination of the other factors, a panel for each pool. */
function specOf(study: Study, figure: Figure, cells: readonly StudyCell[]): Spec {
  const others = study.varying.filter(({ name }) => name !== 'connections');
  const rows = groupBy(cells, ({ level }) => inWords(level, others));
  const values = cells.map((cell) => figure.of(cell) ?? 0);
  return {
    vconcat: [...rows].map(([label, some]) => ({
      ...(label === '' ? {} : headed(label)),
      ...panels(study, figure, some, values),
    })),
    spacing: 24,
  };
}

const LABELS = 70;
const ROW = 26;
const WIDEST = 80;

function panels(
  study: Study,
  figure: Figure,
  cells: readonly StudyCell[],
  all: readonly number[],
): object {
  const servers = [...new Set(cells.map(({ cell }) => study.nameOf(cell.server)))];
  const [x, y] = [
    axisOf('clients', cells, ({ cell }) => cell.connections),
    axisOf('workers', cells, ({ cell }) => cell.workers),
  ];
  const widest = Math.floor((WIDTH - LABELS + GAP) / servers.length) - GAP;
  return {
    data: { values: cells.map((cell) => squareOf(study, figure, cell, all)) },
    facet: { field: 'server', type: 'nominal', sort: servers, header: { title: null } },
    columns: servers.length,
    bounds: 'flush',
    spacing: SPACING,
    spec: {
      width: Math.min(widest, x.scale.domain.length * WIDEST),
      height: ROW * y.scale.domain.length,
      encoding: { x, y },
      layer: MARKS,
      resolve: { scale: { color: 'independent' } },
    },
  };
}

const MARKS: readonly object[] = [
  {
    mark: { type: 'rect', width: { band: 0.96 }, height: { band: 0.94 } },
    encoding: {
      color: {
        field: 'share',
        type: 'quantitative',
        scale: { domain: [0, 1], range: [PALE, DEEP], interpolate: 'lab' },
        legend: null,
      },
    },
  },
  {
    mark: { type: 'text' },
    encoding: {
      text: { field: 'label' },
      color: { field: 'ink', type: 'nominal', scale: null },
    },
  },
];

/** Levels at equal distances, rising to the right and upwards. */
function axisOf(title: string, cells: readonly StudyCell[], get: (cell: StudyCell) => number) {
  const rising = [...new Set(cells.map(get))].sort((a, b) => a - b);
  const domain = title === 'workers' ? rising.toReversed() : rising;
  const axis = { labelAngle: 0, domain: false };
  return { field: title, type: 'ordinal', title, sort: null, scale: { domain }, axis };
}

function squareOf(study: Study, figure: Figure, cell: StudyCell, all: readonly number[]) {
  const value = figure.of(cell) ?? 0;
  const share = darkness(value, all);
  return {
    server: study.nameOf(cell.cell.server),
    clients: cell.cell.connections,
    workers: cell.cell.workers,
    share,
    label: figure.show(value, study),
    ink: share >= DARK_FROM ? PALE : BLACK,
  };
}

/** On a logarithmic scale from the least positive value to the largest. */
function darkness(value: number, all: readonly number[]): number {
  const positive = all.filter((each) => each > 0);
  if (value <= 0 || positive.length === 0) return 0;
  const [low, high] = [Math.log(Math.min(...positive)), Math.log(Math.max(...positive))];
  return high > low ? (Math.log(value) - low) / (high - low) : 0;
}
