/** The files of a report, with their content. */
import { standalone } from './charts/standalone.js';
import { toHtml } from './html/render.js';
import { GRAPHS, toMarkdown } from './markdown/render.js';
import type { Report } from './text/blocks.js';

/** By path, below the run's directory. */
export function reportFiles(report: Report): ReadonlyMap<string, string> {
  const figures = report.sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === 'figure' ? [block] : [])),
  );
  return new Map([
    ['report.html', toHtml(report)],
    ['report.md', toMarkdown(report)],
    ...figures.map(({ id, svg }) => [`${GRAPHS}/${id}.svg`, standalone(svg)] as const),
  ]);
}
