/**
 * Compares the same cells between two sets of runs, A and B. The run is the statistical unit, because intervals within one
 * run don't include the variation between runs (memory layout, process order, machine state). Welch's t-test, 1947. Pure.
 */
import { mean, sampleVariance } from 'simple-statistics';
import type { Cell, Plan } from '../plan/plan.js';
import type { TrialRecord } from '../record.js';
import { ALPHA, type PairVerdict, RESOLUTION, verdictOf } from './simultaneous.js';
import { criticalT } from './student.js';
import { efficiencyToControl } from './to-control.js';

/** The parts of a run that the comparison uses. */
export interface ComparedRun {
  readonly plan: Pick<Plan, 'cells' | 'controls'>;
  readonly records: readonly TrialRecord[];
}

export interface CellComparison {
  readonly cell: Cell;
  /** Runs of each side with a figure, that is, with most of their trials valid. */
  readonly runs: { readonly a: number; readonly b: number };
  /** Efficiency relative to the control: geometric means over the runs. */
  readonly a: number | null;
  readonly b: number | null;
  /** B/A. */
  readonly ratio: number | null;
  /** The intervals of a comparison are simultaneous at 95 %; those of `blocks` only if runs don't differ. */
  readonly low: number | null;
  readonly high: number | null;
  /** The source of the interval: the spread between runs, or between the blocks of single runs. */
  readonly spread: 'runs' | 'blocks' | null;
  /** Unknown if a side has only one run, because it doesn't show the variation between runs. */
  readonly verdict: PairVerdict | 'unknown';
}

/** Compares each cell of the first run that is also in every other run. */
export function compareRuns(
  a: readonly ComparedRun[],
  b: readonly ComparedRun[],
  isSame: (one: Cell, other: Cell) => boolean,
): CellComparison[] {
  const cells = (a[0]?.plan.cells ?? []).filter((cell) =>
    [...a, ...b].every(({ plan }) => plan.cells.some((other) => isSame(cell, other))),
  );
  const logsOf = (runs: readonly ComparedRun[], cell: Cell) =>
    runs.map((run) => logsIn(run, run.plan.cells.find((other) => isSame(cell, other)) as Cell));
  return cells.map((cell) =>
    compareCell(cell, logsOf(a, cell), logsOf(b, cell), ALPHA / cells.length),
  );
}

/** The logarithms of one run by block; empty unless most of the cell's trials are valid. */
function logsIn({ plan, records }: ComparedRun, cell: Cell): readonly number[] {
  const own = records.filter((record) => record.cell === cell.number);
  const valid = own.filter(({ verdict }) => verdict.valid);
  if (valid.length * 2 <= own.length) return [];
  return efficiencyToControl(plan, cell, records, valid).map(Math.log);
}

type Logs = readonly (readonly number[])[];

function compareCell(cell: Cell, sideA: Logs, sideB: Logs, alpha: number): CellComparison {
  const [a, b] = [sideA.filter(hasAny), sideB.filter(hasAny)];
  const [means, others] = [a.map(meanOf), b.map(meanOf)];
  const runs = { a: a.length, b: b.length };
  const centres = { cell, runs, a: centre(means), b: centre(others) };
  if (a.length === 0 || b.length === 0) return { ...centres, ...NOTHING };
  const spread = a.length > 1 && b.length > 1 ? 'runs' : 'blocks';
  const margin = spread === 'runs' ? welch(means, others, alpha) : welch(a.flat(), b.flat(), alpha);
  const difference = meanOf(others) - meanOf(means);
  const ratio = Math.exp(difference);
  if (margin === null) return { ...centres, ...NOTHING, ratio };
  return {
    ...centres,
    ratio,
    spread,
    low: Math.exp(difference - margin),
    high: Math.exp(difference + margin),
    verdict: spread === 'runs' ? verdictOf(difference, margin) : 'unknown',
  };
}

const hasAny = (logs: readonly number[]) => logs.length > 0;
const meanOf = (values: readonly number[]) => mean([...values]);

const NOTHING = { ratio: null, low: null, high: null, spread: null, verdict: 'unknown' } as const;

function centre(logs: readonly number[]): number | null {
  return logs.length === 0 ? null : Math.exp(meanOf(logs));
}

/** Half-width of the interval of the difference of two means; null if a side has fewer than two values. */
function welch(a: readonly number[], b: readonly number[], alpha: number): number | null {
  if (a.length < 2 || b.length < 2) return null;
  const errorOf = (values: readonly number[]) => sampleVariance([...values]) / values.length;
  const [one, other] = [errorOf(a), errorOf(b)];
  const variance = one + other;
  if (variance === 0) return RESOLUTION;
  const freedom = variance ** 2 / (one ** 2 / (a.length - 1) + other ** 2 / (b.length - 1));
  return Math.max(RESOLUTION, criticalT(alpha, freedom) * Math.sqrt(variance));
}
