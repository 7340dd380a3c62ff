/** The tables of the measuring programs. */
import { plainTable } from '../../bench/report/terminal/plain-table.js';
import type { Paired } from './paired.js';

export type Cells = readonly string[];

/** The first row is the head. */
export function print(rows: readonly Cells[]): void {
  const [head = []] = rows;
  console.log(`${plainTable(rows, ['left', ...head.slice(1).map(() => 'right' as const)])}\n`);
}

export function verdict(goal: string, met: boolean): string {
  return `${goal} ${met ? 'ok' : 'MISSED'}`;
}

/** The median ratio and its confidence interval. */
export function ratioCells({ ratio }: Paired<unknown>): Cells {
  const interval = [ratio.low, ratio.high].map((n) => n?.toFixed(3) ?? '?').join('–');
  return [ratio.median.toFixed(3), interval];
}
