/** A figure with its interval against the load; as bars if no number varies. */
import type { Study, StudyCell } from '../study/study.js';
import { barsByLoad } from './bars.js';
import type { Spec } from './chart.js';
import type { Figures } from './figures.js';
import { lines, onScale } from './lines.js';

export function againstLoad(study: Study, figures: Figures): Spec {
  const cells = cellsWith(study, figures);
  return study.axis
    ? lines(study, study.axis, cells, figures)
    : barsByLoad(study.levels, cells, figures);
}

/** What the caption says of the axis; empty for bars. */
export function onLoadScale(study: Study, figures: Figures): string {
  return study.axis ? onScale(study, study.axis, cellsWith(study, figures), figures) : '';
}

function cellsWith({ measured }: Study, { estimate }: Figures): readonly StudyCell[] {
  return measured.filter((cell) => estimate(cell) !== null);
}
