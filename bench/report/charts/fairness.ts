/** The mean service time of each connection, sorted, which shows whether all are served equally. */
import type { Study, StudyCell } from '../study/study.js';
import { joined, onCells } from './caveats.js';
import type { Chart, Spec } from './chart.js';
import { byServer, inPanels, labelsOf } from './encodings.js';
import { logarithmic, SHARES, TIMES } from './scales.js';

function shown({ details }: StudyCell): boolean {
  return (details?.serviceMeans.length ?? 0) > 1;
}

export const fairness: Chart = {
  id: 'per-connection',
  title: () => 'Mean service time of each connection',
  applies: ({ measured }) => measured.some(shown),
  caption: (study) =>
    joined(
      'Connections sorted by their mean service time, in the trial with the middle throughput of its cell. A flat curve: all connections are served equally. A steep end: some connections wait much longer.',
      onCells(study, shown),
    ),
  spec,
};

function spec(study: Study): Spec {
  const cells = study.measured.filter(shown);
  const data = cells.flatMap(({ details, series, level }) =>
    (details?.serviceMeans ?? []).map(({ rank, value }) => ({
      server: series.name,
      panel: level.label,
      rank,
      us: value,
    })),
  );
  const { color, strokeDash } = byServer(cells);
  const { scale, ticks } = logarithmic(data.map(({ us }) => us));
  const view = {
    mark: { type: 'line', strokeWidth: 1.8, clip: true },
    encoding: {
      x: {
        field: 'rank',
        type: 'quantitative',
        title: 'connections, best served first',
        scale: { domain: [0, 1] },
        axis: { values: [0, 0.25, 0.5, 0.75, 1], labelExpr: SHARES },
      },
      y: {
        field: 'us',
        type: 'quantitative',
        title: 'mean service time (log)',
        scale,
        axis: { values: ticks, labelExpr: TIMES },
      },
      color,
      strokeDash,
    },
  };
  const levels = study.levels.filter((level) => cells.some((cell) => cell.level === level));
  return inPanels(data, labelsOf(levels), view, 270);
}
