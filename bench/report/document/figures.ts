/** Draws the graphs that apply to a study. */
import type { Chart } from '../charts/chart.js';
import { toSvg } from '../charts/svg.js';
import type { Study } from '../study/study.js';
import type { Figure } from '../text/blocks.js';

/** `prefix`: of their ids, so that a graph can occur in several sections. */
export async function figures(
  charts: readonly Chart[],
  study: Study,
  prefix = '',
): Promise<Figure[]> {
  const drawn: Figure[] = [];
  for (const chart of charts) {
    if (study.measured.length === 0 || !chart.applies(study)) continue;
    const id = prefix + chart.id;
    const title = chart.title(study);
    const svg = await toSvg(id, title, chart.spec(study));
    drawn.push({ kind: 'figure', id, title, caption: chart.caption(study), svg });
  }
  return drawn;
}
