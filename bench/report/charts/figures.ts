/** The data of a graph against the load: an estimate per cell, single trials, a reference line. */
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
  /** A reference line, e.g. at a ratio of 1. */
  readonly reference?: number;
  /** Default: linear from 0. */
  readonly scale?: Scale;
  readonly ticks?: readonly number[];
}

/** The figures of single trials; empty if there is only one, which is the cell's figure. */
export function singlesOf({ valid }: StudyCell, { single }: Figures): readonly number[] {
  const values = valid.flatMap((record) => single?.(record) ?? []);
  return values.length > 1 ? values : [];
}

export function referenceLine({ reference }: Figures, channel: 'x' | 'y'): object[] {
  if (reference === undefined) return [];
  const mark = { type: 'rule', color: MUTED, strokeDash: [3, 3], strokeWidth: 1 };
  return [{ mark, encoding: { [channel]: { datum: reference } } }];
}
