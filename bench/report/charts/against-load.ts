/** A figure with its interval against the load; as bars if no number varies. */
import type { Study } from '../study/study.js';
import { barsByLoad } from './bars.js';
import type { Spec } from './chart.js';
import type { Figures } from './figures.js';
import { lines } from './lines.js';

export function againstLoad(study: Study, figures: Figures): Spec {
  const cells = study.measured.filter((cell) => figures.estimate(cell) !== null);
  return study.axis
    ? lines(study, study.axis, cells, figures)
    : barsByLoad(study.levels, cells, figures);
}
