/** Thresholds as k6 shows them: a mark each, and the cells that triggered it. */

import { wordingOf } from '../../services/registry.js';
import type { Row } from '../../statistics/summarize.js';
import { type FigureName, isTime, type Outcome } from '../../statistics/thresholds.js';
import { compact, fixed, time } from '../../text/format.js';
import { cellName } from '../text/cell-name.js';
import type { NameOf } from '../text/server-name.js';
import type { Colors } from './terminal.js';

export function thresholdLines(
  outcomes: readonly Outcome[],
  nameOf: NameOf,
  color: Colors,
): string {
  return outcomes
    .map(({ threshold, broken, unknown }) => {
      const others =
        unknown.length === 0
          ? ''
          : `; unknown: ${unknown.map((row) => cellName(row, nameOf)).join(', ')}`;
      if (broken.length === 0) {
        const mark = unknown.length === 0 ? color.green('✓') : color.yellow('?');
        return `${mark} ${threshold.text}: not triggered${others}`;
      }
      const where = broken.map(
        ({ row, value }) => `${cellName(row, nameOf)} (${shown(threshold.metric, value, row)})`,
      );
      return `${color.red('✗')} ${threshold.text}: ${where.join(', ')}${others}`;
    })
    .join('\n');
}

function shown(metric: FigureName, value: number, { service }: Row): string {
  if (isTime(metric)) return time(value);
  const { rate, showRate } = wordingOf(service);
  if (metric === 'throughput') return `${showRate(value)} ${rate.short}`;
  if (metric === 'efficiency') return `${showRate(value)} ${rate.short} per server CPU`;
  return value < 100 ? fixed(value, 2) : compact(value);
}
