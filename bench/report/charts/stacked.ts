/** Stacked bars per server, a panel per load. */

import { groupBy } from '../../../lib/group.js';
import { varyingIn } from '../../plan/load-level.js';
import type { Study, StudyCell } from '../study/study.js';
import type { Spec } from './chart.js';
import { grid, labelsOf } from './encodings.js';
import { INK, PARTS, SPACING, WIDTH } from './theme.js';

export interface Part {
  readonly name: string;
  readonly value: number;
}

interface Stack {
  readonly title: string;
  readonly labels: string;
  readonly parts: (cell: StudyCell) => readonly Part[];
  readonly colors?: readonly string[];
}

const BAR = 24;
/** Space for the servers' names. */
const LABELS = 60;

export function stacked(study: Study, stack: Stack): Spec {
  const cells = study.measured.filter((cell) => stack.parts(cell).length > 0);
  const names = [...new Set(cells.flatMap((cell) => stack.parts(cell).map(({ name }) => name)))];
  const servers = [...new Set(cells.map(({ series }) => series.name))];
  const levels = study.levels.filter((level) => cells.some((cell) => cell.level === level));
  const data = { values: rowsOf(cells, stack, names) };
  const view = bars(stack, servers, names);
  const height = BAR * servers.length;
  if (levels.length < 2) return { data, width: WIDTH - LABELS, height, ...view };
  const { columns, width } = grid(labelsOf(levels), WIDTH - LABELS);
  const facet = { field: 'panel', type: 'nominal', sort: labelsOf(levels) };
  return {
    data,
    facet,
    columns,
    bounds: 'flush',
    spacing: SPACING,
    resolve: {
      axis: { x: 'independent' },
      scale: { x: areApart(study, stack) ? 'independent' : 'shared' },
    },
    spec: { width, height, ...view },
  };
}

/** From this ratio of the longest bars of two panels on, the shorter one is not visible on a common axis. */
const APART = 10;

export const OWN_AXES = 'Each load has its own axis.';

/** Whether each panel has its own axis: the cost of a small and a large transfer differs by orders of magnitude. */
export function areApart({ measured, levels }: Study, { parts }: Pick<Stack, 'parts'>): boolean {
  if (varyingIn(levels).length === 0) return false;
  const lengthOf = (cell: StudyCell) => parts(cell).reduce((sum, { value }) => sum + value, 0);
  const drawn = measured.filter((cell) => parts(cell).length > 0);
  const longest = [...groupBy(drawn, ({ level }) => level).values()].map((cells) =>
    Math.max(...cells.map(lengthOf)),
  );
  return Math.max(...longest) > APART * Math.min(...longest);
}

/** A row for each part of each bar. */
function rowsOf(cells: readonly StudyCell[], { parts }: Stack, names: readonly string[]) {
  return cells.flatMap((cell) =>
    parts(cell).map(({ name, value }) => ({
      server: cell.series.name,
      panel: cell.level.label,
      part: name,
      order: names.indexOf(name),
      value,
    })),
  );
}

/** One panel; `names`: of the parts, in the order in which they are stacked. */
function bars(
  { title, labels, colors = PARTS }: Stack,
  servers: readonly string[],
  names: readonly string[],
) {
  return {
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
}
