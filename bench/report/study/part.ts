/** The part of a study that concerns some of its cells. */

import { axisOf, varyingOf } from './levels.js';
import type { Study, StudyCell } from './study.js';

/** Labels of levels and looks of servers stay those of the whole run. */
export function partOf(study: Study, has: (cell: StudyCell) => boolean): Study {
  const cells = study.cells.filter(has);
  const levels = study.levels.filter((level) => cells.some((cell) => cell.level === level));
  const varying = varyingOf(study.varying, levels);
  return {
    ...study,
    cells,
    measured: study.measured.filter(has),
    series: study.series.filter((series) => cells.some((cell) => cell.series === series)),
    levels,
    varying,
    axis: axisOf(varying, levels),
  };
}
