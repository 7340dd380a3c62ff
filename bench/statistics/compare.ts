/** The same cells in two runs: which differ, by how much, and how surely. Pure. */
import { quantileSorted, median as sampleMedian } from 'simple-statistics';
import { seeded } from '../../lib/random.js';
import type { Cell, Plan } from '../plan/plan.js';
import type { TrialRecord } from '../record.js';
import { mannWhitney } from './mann-whitney.js';
import { type Estimate, medianOf } from './median.js';
import { efficiencyToControl } from './to-control.js';

/** One run, as it is compared. */
export interface ComparedRun {
  readonly plan: Pick<Plan, 'cells' | 'control'>;
  readonly records: readonly TrialRecord[];
}

export interface CellComparison {
  readonly cell: Cell;
  /** What was compared: efficiency as a multiple of the control's, where both runs have the same control. */
  readonly unit: 'of control' | 'requests per server-CPU-second';
  readonly a: number | null;
  readonly b: number | null;
  /** Of B to A, with the 95 % bootstrap interval; null where either has no valid trial. */
  readonly ratio: Estimate | null;
  readonly p: number | null;
  readonly verdict: 'faster' | 'slower' | 'no difference' | 'unknown';
}

const SIGNIFICANT = 0.05;
const RESAMPLES = 2000;

/** The cells that both runs hold, in the order of the first. */
export function compareRuns(a: ComparedRun, b: ComparedRun): CellComparison[] {
  const haveControls = [a, b].every(
    ({ plan, records }) =>
      plan.control !== null || records.some(({ measurement }) => measurement?.slices),
  );
  const shareControl = controlOf(a) === controlOf(b);
  const unit = haveControls && shareControl ? 'of control' : 'requests per server-CPU-second';
  return a.plan.cells.flatMap((cell) => {
    const twin = b.plan.cells.find((other) => keyOf(other) === keyOf(cell));
    return twin ? [compareCell(cell, unit, valuesOf(a, cell, unit), valuesOf(b, twin, unit))] : [];
  });
}

function controlOf({ plan }: ComparedRun): string | undefined {
  return plan.cells[0]?.control;
}

/** What makes two cells the same experiment. */
export function keyOf(cell: Cell): string {
  const { server, workers, connections, idle, rate, repeat, durationNs, message, lifetime } = cell;
  return JSON.stringify([
    [server, workers, cell.hosts, connections, idle, rate, cell.start],
    [repeat, durationNs, message, lifetime],
  ]);
}

function valuesOf({ plan, records }: ComparedRun, cell: Cell, unit: CellComparison['unit']) {
  const own = records.filter((record) => record.cell === cell.number && record.verdict.valid);
  if (unit === 'of control') return efficiencyToControl(plan, records, own);
  return own.flatMap(({ measurement }) => measurement?.efficiency ?? []);
}

function compareCell(
  cell: Cell,
  unit: CellComparison['unit'],
  a: readonly number[],
  b: readonly number[],
): CellComparison {
  const ratio = ratioOf(a, b);
  const p = mannWhitney(a, b)?.p ?? null;
  return { cell, unit, a: medianOf(a), b: medianOf(b), ratio, p, verdict: verdictOf(ratio, p) };
}

/** A difference must be improbable, and its interval must exclude none. */
function verdictOf(ratio: Estimate | null, p: number | null): CellComparison['verdict'] {
  if (ratio === null || ratio.low === null || ratio.high === null || p === null) return 'unknown';
  if (p >= SIGNIFICANT || (ratio.low <= 1 && ratio.high >= 1)) return 'no difference';
  return ratio.median > 1 ? 'faster' : 'slower';
}

/** Both runs are resampled, for their trials are not pairs. */
function ratioOf(a: readonly number[], b: readonly number[]): Estimate | null {
  if (a.length === 0 || b.length === 0) return null;
  const median = sampleMedian([...b]) / sampleMedian([...a]);
  if (a.length < 2 || b.length < 2) return { median, low: null, high: null };
  const random = seeded(1);
  const resample = (values: readonly number[]) =>
    sampleMedian(values.map(() => values[Math.floor(random() * values.length)] as number));
  const ratios = Array.from({ length: RESAMPLES }, () => resample(b) / resample(a));
  ratios.sort((x, y) => x - y);
  return { median, low: quantileSorted(ratios, 0.025), high: quantileSorted(ratios, 0.975) };
}
