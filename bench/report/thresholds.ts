/** Thresholds as k6 shows them: a mark each, and which cells broke it. */
import { isTime, type Outcome } from '../statistics/thresholds.js';
import { compact, fixed, time } from './format.js';
import type { Colors } from './terminal.js';
import { cellName } from './words.js';

export function thresholdLines(outcomes: readonly Outcome[], color: Colors): string {
  return outcomes
    .map(({ threshold, broken }) => {
      if (broken.length === 0) return `${color.green('✓')} never ${threshold.text}`;
      const show = (value: number) =>
        isTime(threshold.metric) ? time(value) : value < 100 ? fixed(value, 2) : compact(value);
      const where = broken.map(({ row, value }) => `${cellName(row)} (${show(value)})`);
      return `${color.red('✗')} ${threshold.text}: ${where.join(', ')}`;
    })
    .join('\n');
}
