/** The servers under a load by one metric: what is compared of each, their order, and who is not ranked. Pure. */
import { median } from 'simple-statistics';
import type { Cell } from '../plan/plan.js';
import type { TrialRecord } from '../record.js';
import { serverEffects } from './effects.js';
import type { Metric, Misleading } from './metrics.js';
import { type ByBlock, LEAST_BLOCKS } from './paired.js';

/** Why a cell has no place in a ranking. */
export type Unranked = Misleading | 'skipped' | 'not run' | 'no figure' | 'too few blocks';

export interface Place {
  readonly cell: Cell;
  /** The median of its valid trials, in the metric's own unit; null where there is none. */
  readonly figure: number | null;
  /** Blocks with a valid trial that has the figure. */
  readonly blocks: number;
  /** Null for one that is ranked. */
  readonly unranked: Unranked | null;
}

export interface Contender {
  readonly cell: Cell;
  readonly place: Place;
  /** What is compared. */
  readonly values: ByBlock;
}

/** The best first; then those that aren't ranked. */
export function contenders(
  cells: readonly Cell[],
  metric: Metric,
  besideControl: boolean,
  records: readonly TrialRecord[],
): readonly Contender[] {
  return inOrder(
    cells.map((cell) => contenderOf(cell, metric, besideControl, records)),
    metric,
  );
}

function contenderOf(
  cell: Cell,
  metric: Metric,
  besideControl: boolean,
  records: readonly TrialRecord[],
): Contender {
  const own = records.filter((record) => record.cell === cell.number);
  const valid = own.filter(({ verdict }) => verdict.valid);
  const figures = valid.flatMap(({ measurement }) =>
    measurement === null ? [] : (metric.figure(measurement) ?? []),
  );
  const values = byBlock(valid, metric, besideControl);
  return {
    cell,
    values,
    place: {
      cell,
      figure: figures.length === 0 ? null : median(figures),
      blocks: values.size,
      unranked: unrankedOf(cell, metric, own, valid, values),
    },
  };
}

/** In the logarithm. */
function byBlock(valid: readonly TrialRecord[], metric: Metric, besideControl: boolean): ByBlock {
  return new Map(
    valid.flatMap(({ block, measurement }) => {
      if (measurement === null) return [];
      const figure = metric.figure(measurement);
      const log = besideControl
        ? metric.logToControl(measurement)
        : figure === null
          ? null
          : Math.log(figure);
      return log === null ? [] : [[block, log] as const];
    }),
  );
}

/** Of a server that fails in half of its trials or more, the valid ones may be a biased sample. */
function unrankedOf(
  { skipped }: Cell,
  metric: Metric,
  own: readonly TrialRecord[],
  valid: readonly TrialRecord[],
  values: ByBlock,
): Unranked | null {
  if (skipped !== null) return 'skipped';
  if (own.length === 0) return 'not run';
  const misleading = metric.misleading(valid);
  if (misleading !== null) return misleading;
  if (valid.length > 0 && values.size === 0) return 'no figure';
  return values.size < LEAST_BLOCKS || values.size * 2 <= own.length ? 'too few blocks' : null;
}

/** The best first; then those that aren't ranked, the best of them first, too. */
function inOrder(all: readonly Contender[], { better }: Metric): readonly Contender[] {
  const effects = serverEffects(all.map(({ values }) => values));
  const sign = better === 'more' ? -1 : 1;
  const placed = all.map((contender, i) => {
    const effect = effects[i] as number;
    return { contender, position: Number.isNaN(effect) ? Number.POSITIVE_INFINITY : sign * effect };
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
