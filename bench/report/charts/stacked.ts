/** Parts of a whole for each server, as stacked bars, a panel for each load. */
import type { Study, StudyCell } from '../study/study.js';
import type { Spec } from './chart.js';
import { grid } from './encodings.js';
import { INK, PARTS, SPACING, WIDTH } from './theme.js';

export interface Part {
  readonly name: string;
  readonly value: number;
}

export interface Stack {
  readonly title: string;
  readonly labels: string;
  readonly parts: (cell: StudyCell) => readonly Part[];
  readonly colors?: readonly string[];
}

const BAR = 24;
/** Room for the servers' names. */
const LABELS = 60;

export function stacked(study: Study, { title, labels, parts, colors = PARTS }: Stack): Spec {
  const cells = study.measured.filter((cell) => parts(cell).length > 0);
  const names = [...new Set(cells.flatMap((cell) => parts(cell).map(({ name }) => name)))];
  const data = cells.flatMap((cell) =>
    parts(cell).map(({ name, value }) => ({
      server: cell.series.name,
      panel: cell.level.label,
      part: name,
      order: names.indexOf(name),
      value,
    })),
  );
  const servers = [...new Set(cells.map(({ series }) => series.name))];
  const levels = study.levels.filter((level) => cells.some((cell) => cell.level === level));
  const view = {
    mark: { type: 'bar', height: { band: 0.68 } },
    encoding: {
      x: {
        field: 'value',
        type: 'quantitative',
        title,
        axis: { labelExpr: labels, grid: true, tickCount: 5 },
      },
      y: {
        field: 'server',
        type: 'nominal',
        sort: servers,
        title: null,
        axis: { labelColor: INK },
      },
      color: {
        field: 'part',
        type: 'nominal',
        scale: { domain: names, range: colors.slice(0, names.length) },
      },
      order: { field: 'order', type: 'quantitative' },
    },
  };
  const height = BAR * servers.length;
  if (levels.length < 2) return { data: { values: data }, width: WIDTH - LABELS, height, ...view };
  const { columns, width } = grid(levels.length, WIDTH - LABELS);
  const facet = { field: 'panel', type: 'nominal', sort: levels.map(({ label }) => label) };
  return {
    data: { values: data },
    facet,
    columns,
    bounds: 'flush',
    spacing: SPACING,
    resolve: { axis: { x: 'independent' } },
    spec: { width, height, ...view },
  };
}
