/** The servers under one load by one metric: their values, their order, and which are not ranked. Pure. */
import { median } from 'simple-statistics';
import type { Cell } from '../plan/plan.js';
import type { Measurement, TrialRecord } from '../record.js';
import type { Unranked } from '../schema/verdicts.js';
import { type Compared, levelsOf } from './basis.js';
import type { Metric } from './metrics.js';
import { type ByBlock, LEAST_BLOCKS } from './paired.js';

export type { Unranked };

export interface Place {
  readonly cell: Cell;
  /** The median of its valid trials, in the metric's unit; null if there is none. */
  readonly figure: number | null;
  /** Number of blocks with a valid trial that has the figure. */
  readonly blocks: number;
  /** Null if ranked. */
  readonly unranked: Unranked | null;
}

export interface Contender extends Compared {
  readonly cell: Cell;
  readonly place: Place;
}

/** Ranked servers, best first, then the others. */
export function contenders(
  cells: readonly Cell[],
  metric: Metric,
  records: readonly TrialRecord[],
): readonly Contender[] {
  return inOrder(
    cells.map((cell) => contenderOf(cell, metric, records)),
    metric,
  );
}

function contenderOf(cell: Cell, metric: Metric, records: readonly TrialRecord[]): Contender {
  const own = records.filter((record) => record.cell === cell.number);
  const valid = own.filter(({ verdict }) => verdict.valid);
  const figures = byBlock(valid, (one) => logOf(metric.figure(one)));
  const isSliced = cell.uninterrupted === null;
  const toControl = isSliced ? byBlock(valid, metric.logToControl) : null;
  const { size: blocks } = toControl ?? figures;
  const known = valid.flatMap(
    ({ measurement }) => (measurement && metric.figure(measurement)) ?? [],
  );
  return {
    ...{ cell, figures, toControl },
    place: {
      cell,
      figure: known.length === 0 ? null : median(known),
      blocks,
      unranked: unrankedOf(cell, metric, own, valid, blocks),
    },
  };
}

function byBlock(valid: readonly TrialRecord[], log: (one: Measurement) => number | null): ByBlock {
  return new Map(
    valid.flatMap(({ block, measurement }) => {
      const value = measurement === null ? null : log(measurement);
      return value === null ? [] : [[block, value] as const];
    }),
  );
}

function logOf(figure: number | null): number | null {
  return figure === null ? null : Math.log(figure);
}

/** If half of the trials or more fail, the server is not ranked, because the valid ones may be a biased sample. */
function unrankedOf(
  { skipped }: Cell,
  metric: Metric,
  own: readonly TrialRecord[],
  valid: readonly TrialRecord[],
  blocks: number,
): Unranked | null {
  if (skipped !== null) return 'skipped';
  if (own.length === 0) return 'not run';
  const misleading = metric.misleading(valid);
  if (misleading !== null) return misleading;
  if (valid.length > 0 && blocks === 0) return 'no figure';
  return blocks < LEAST_BLOCKS || blocks * 2 <= own.length ? 'too few blocks' : null;
}

/** Ranked servers first, then the others; each group with the best first. */
function inOrder(all: readonly Contender[], { better }: Metric): readonly Contender[] {
  const levels = levelsOf(all);
  const sign = better === 'more' ? -1 : 1;
  const placed = all.map((contender, i) => {
    const level = levels[i] as number;
    return { contender, position: Number.isNaN(level) ? Number.POSITIVE_INFINITY : sign * level };
  });
  const isUnranked = ({ place }: Contender) => Number(place.unranked !== null);
  return placed
    .sort(
      (one, other) =>
        isUnranked(one.contender) - isUnranked(other.contender) ||
        (one.position === other.position ? 0 : one.position - other.position),
    )
    .map(({ contender }) => contender);
}
