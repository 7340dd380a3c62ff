/** Requests per second over time, in the median trial of each cell, which shows drift and stalls. */

import type { Study, StudyCell } from '../study/study.js';
import { capital } from '../text/phrases.js';
import { joined, onCells } from './caveats.js';
import type { Chart, Spec } from './chart.js';
import { byServer, inPanels, labelsOf } from './encodings.js';
import { COUNTS } from './scales.js';
import { areApart, type PanelValue, sharedScale, WHY_LOG } from './shared-scale.js';
import { ALARM } from './theme.js';

/** Below this share of the trial's median a second counts as a stall. */
const STALL = 0.1;
const FEWEST = 3;

function shown({ details }: StudyCell): boolean {
  return (details?.seconds.length ?? 0) >= FEWEST;
}

function pointsOf({ details, series, level }: StudyCell) {
  const seconds = details?.seconds ?? [];
  const sorted = seconds.map(({ requests }) => requests).sort((a, b) => a - b);
  const usual = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return seconds.map(({ second, requests }) => ({
    server: series.name,
    panel: level.label,
    second: second + 0.5,
    requests,
    stalled: requests < usual * STALL,
  }));
}

function heightOf({ panel, requests }: ReturnType<typeof pointsOf>[number]): PanelValue {
  return { panel, value: requests };
}

export const overTime: Chart = {
  id: 'over-time',
  title: ({ wording }) => `${capital(wording.exchange.many)} per second over time`,
  applies: ({ measured }) => measured.some(shown),
  caption: (study) => {
    const points = study.measured.filter(shown).flatMap(pointsOf);
    const stalls = points.filter(({ stalled }) => stalled).length;
    return joined(
      `${capital(study.wording.exchange.many)} per second over the window, in the trial with the middle throughput of its cell; in a sliced trial, the rate within the slices that began in each second.`,
      stalls === 0
        ? 'No second fell below a tenth of its trial’s median.'
        : `Marked by a cross: ${stalls === 1 ? 'a second' : `${stalls} seconds`} below a tenth of the trial’s median.`,
      areApart(points.map(heightOf)) ? WHY_LOG : '',
      onCells(study, shown),
    );
  },
  spec,
};

function spec(study: Study): Spec {
  const cells = study.measured.filter(shown);
  const data = cells.flatMap(pointsOf);
  const { color, strokeDash } = byServer(cells);
  const name = `${study.wording.exchange.many} per second`;
  const { title, scale, ticks } = sharedScale(name, data.map(heightOf));
  const x = {
    field: 'second',
    type: 'quantitative',
    title: 'seconds since the window began',
    scale: { zero: true, nice: false, domainMin: 0 },
    axis: { tickMinStep: 1 },
  };
  const y = {
    field: 'requests',
    type: 'quantitative',
    title,
    scale,
    axis: { labelExpr: COUNTS, ...(ticks ? { values: ticks } : {}) },
  };
  const layer = [
    {
      mark: { type: 'line', strokeWidth: 1.8, point: true },
      encoding: { x, y, color, strokeDash },
    },
    {
      transform: [{ filter: 'datum.stalled' }],
      mark: { type: 'point', shape: 'cross', size: 160, filled: true, color: ALARM, opacity: 1 },
      encoding: { x, y },
    },
  ];
  const levels = study.levels.filter((level) => cells.some((cell) => cell.level === level));
  return inPanels(data, labelsOf(levels), { layer }, 240);
}
