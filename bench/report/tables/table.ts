/** A table with a row per cell of the run. */

import { levelKey } from '../../plan/load-level.js';
import type { Study, StudyCell } from '../study/study.js';
import { type Block, type Column, strong, type Words } from '../text/blocks.js';

interface CellColumn extends Column {
  readonly show: (cell: StudyCell) => Words;
}

export function figure(title: string, show: (cell: StudyCell) => Words, unit?: string): CellColumn {
  return { title, align: 'right', show, ...(unit === undefined ? {} : { unit }) };
}

/** Sorted by load; under each load in the order of the servers in the command line. */
export function cellTable(
  study: Study,
  caption: Words,
  columns: readonly CellColumn[],
  has: (cell: StudyCell) => boolean = ({ records }) => records.length > 0,
): Block[] {
  const groups = study.levels.map((level) =>
    study.cells.filter((cell) => levelKey(cell.level) === levelKey(level) && has(cell)),
  );
  if (groups.flat().length === 0) return [];
  const several = study.levels.length > 1;
  const load: Column[] = several ? [{ title: 'load', align: 'left' }] : [];
  return [
    {
      kind: 'table',
      caption,
      columns: [...load, { title: 'server', align: 'left' }, ...columns],
      rows: groups.flatMap((group) =>
        group.map((cell, i) => ({
          begins: i === 0 && several,
          cells: [
            ...(several ? [i === 0 ? cell.level.label : ''] : []),
            [strong(cell.series.name)],
            ...columns.map(({ show }) => show(cell)),
          ],
        })),
      ),
    },
  ];
}
