/** What a graph against the load shows of each cell: an estimate, single trials, a line to compare with. */
import type { TrialRecord } from '../../record.js';
import type { Estimate } from '../../statistics/median.js';
import type { StudyCell } from '../study/study.js';
import type { Scale } from './scales.js';
import { MUTED } from './theme.js';

export interface Figures {
  readonly title: string;
  /** A Vega expression for the axis labels, and a formatter for figures beside bars. */
  readonly labels: string;
  readonly show: (value: number | null) => string;
  readonly estimate: (cell: StudyCell) => Estimate | null;
  /** The figure of a single trial, drawn faintly. */
  readonly single?: (record: TrialRecord) => number | null;
  /** A line across: where a ratio is 1. */
  readonly reference?: number;
  /** Where none is given, linear from 0. */
  readonly scale?: Scale;
  readonly ticks?: readonly number[];
}

/** Of single trials; empty where one alone is the cell's own figure. */
export function singlesOf({ valid }: StudyCell, { single }: Figures): readonly number[] {
  const values = valid.flatMap((record) => single?.(record) ?? []);
  return values.length > 1 ? values : [];
}

export function referenceLine({ reference }: Figures, channel: 'x' | 'y'): object[] {
  if (reference === undefined) return [];
  const mark = { type: 'rule', color: MUTED, strokeDash: [3, 3], strokeWidth: 1 };
  return [{ mark, encoding: { [channel]: { datum: reference } } }];
}
