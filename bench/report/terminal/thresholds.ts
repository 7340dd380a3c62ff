/** Thresholds as k6 shows them: a mark each, and the cells that triggered it. */

import { isTime, type Outcome } from '../../statistics/thresholds.js';
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
      const show = (value: number) =>
        isTime(threshold.metric) ? time(value) : value < 100 ? fixed(value, 2) : compact(value);
      const where = broken.map(({ row, value }) => `${cellName(row, nameOf)} (${show(value)})`);
      return `${color.red('✗')} ${threshold.text}: ${where.join(', ')}${others}`;
    })
    .join('\n');
}
