/** Under each load and by each metric: the servers in order, and which of them differ. Pure. */
import { median } from 'simple-statistics';
import type { Cell, Plan } from '../plan/plan.js';
import { spendable } from '../plan/stopping.js';
import type { TrialRecord } from '../record.js';
import { serverEffects } from './effects.js';
import { groupBy } from './group.js';
import { lettersOf } from './letters.js';
import { type LoadLevel, levelKey, levelOf } from './load-level.js';
import { METRICS, type Metric, type MetricName, type Misleading } from './metrics.js';
import { type ByBlock, differenceOf, LEAST_BLOCKS, pairedDifferences } from './paired.js';
import { ALPHA, blocksNeeded, comparisons, type PairVerdict, untested } from './simultaneous.js';

/** Why a cell has no place in a ranking. */
export type Unranked = Misleading | 'skipped' | 'not run' | 'no figure' | 'too few blocks';

/** Two cells under the same load. */
export interface PairOfCells {
  readonly a: Cell;
  readonly b: Cell;
  /** That hold a valid trial of both. */
  readonly blocks: number;
  /** Of a's figure to b's, by block; null where no block has both. */
  readonly ratio: number | null;
  /** All intervals of a load and a metric hold together; null where one of the two isn't ranked. */
  readonly low: number | null;
  readonly high: number | null;
  readonly verdict: PairVerdict;
  /** The blocks that would decide an undecided pair if its spread stays as it is; null where that can't be said. */
  readonly blocksNeeded: number | null;
}

export interface Standing {
  readonly cell: Cell;
  /** The median of its valid trials, in the metric's own unit; null where there is none. */
  readonly figure: number | null;
  /** Blocks with a valid trial that has the figure. */
  readonly blocks: number;
  /** Two servers share a letter if, and only if, their difference is not established; '' for one that isn't ranked. */
  readonly letters: string;
  /** Null for one that is ranked. */
  readonly unranked: Unranked | null;
}

export interface LoadVerdict {
  readonly load: LoadLevel;
  readonly metric: MetricName;
  /** The figures compared are ratios to the control in alternating slices; else those of trials in the same block. */
  readonly besideControl: boolean;
  /** That were begun. */
  readonly blocks: number;
  /** How often any of its intervals may miss. */
  readonly alpha: number;
  /** The best first; those that aren't ranked follow. */
  readonly standings: readonly Standing[];
  /** The better of two is `a`, as far as they are ordered. */
  readonly pairs: readonly PairOfCells[];
}

export function verdicts(
  plan: Pick<Plan, 'cells' | 'blocks' | 'stopping'>,
  records: readonly TrialRecord[],
): readonly LoadVerdict[] {
  return [...groupBy(plan.cells, levelKey).values()].flatMap((alike) => {
    const own = records.filter(({ cell }) => alike.some(({ number }) => number === cell));
    const blocks = new Set(own.map(({ block }) => block)).size;
    const alpha = ALPHA * spendable(plan.stopping, plan.blocks, blocks);
    return METRICS.map((metric) => verdictOf(alike, metric, own, blocks, alpha));
  });
}

/** Those that rank by a metric. */
export function verdictsBy(name: MetricName, all: readonly LoadVerdict[]): readonly LoadVerdict[] {
  return all.filter(({ metric }) => metric === name);
}

/** Those whose intervals hold together: of two ranked servers. */
export function testedPairs(verdict: LoadVerdict): readonly PairOfCells[] {
  const ranked = new Set(rankedOf(verdict).map(({ cell }) => cell));
  return verdict.pairs.filter(({ a, b }) => ranked.has(a) && ranked.has(b));
}

export function rankedOf({ standings }: LoadVerdict): readonly Standing[] {
  return standings.filter(({ unranked }) => unranked === null);
}

interface Contender {
  readonly cell: Cell;
  readonly standing: Omit<Standing, 'letters'>;
  readonly values: ByBlock;
}

function verdictOf(
  cells: readonly [Cell, ...Cell[]],
  metric: Metric,
  records: readonly TrialRecord[],
  blocks: number,
  alpha: number,
): LoadVerdict {
  const besideControl = cells
    .filter(({ skipped }) => skipped === null)
    .every(({ uninterrupted }) => uninterrupted === null);
  const contenders = inOrder(
    cells.map((cell) => contenderOf(cell, metric, besideControl, records)),
    metric,
  );
  const ranked = contenders.filter(({ standing }) => standing.unranked === null);
  const pairs = pairsOf(contenders, alpha);
  const letters = lettersOf(ranked.length, (a, b) =>
    pairs.some(
      (pair) =>
        pair.a === ranked[a]?.cell && pair.b === ranked[b]?.cell && pair.verdict === 'different',
    ),
  );
  return {
    load: levelOf(cells[0]),
    metric: metric.name,
    besideControl,
    blocks,
    alpha,
    standings: contenders.map(({ standing }, i) => ({ ...standing, letters: letters[i] ?? '' })),
    pairs,
  };
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
    standing: {
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

/** A server that fails in half of its trials has only its luckier ones to show. */
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
function inOrder(contenders: readonly Contender[], { better }: Metric): readonly Contender[] {
  const effects = serverEffects(contenders.map(({ values }) => values));
  const sign = better === 'more' ? -1 : 1;
  const placed = contenders.map((contender, i) => {
    const effect = effects[i] as number;
    return { contender, place: Number.isNaN(effect) ? Number.POSITIVE_INFINITY : sign * effect };
  });
  const isUnranked = ({ standing }: Contender) => Number(standing.unranked !== null);
  return placed
    .sort(
      (one, other) =>
        isUnranked(one.contender) - isUnranked(other.contender) ||
        (one.place === other.place ? 0 : one.place - other.place),
    )
    .map(({ contender }) => contender);
}

function pairsOf(contenders: readonly Contender[], alpha: number): readonly PairOfCells[] {
  const ranked = contenders.filter(({ standing }) => standing.unranked === null);
  const differences = pairedDifferences(ranked.map(({ values }) => values));
  const tested = comparisons(differences, alpha).map((pair, i) => ({
    ...pair,
    a: (ranked[pair.a] as Contender).cell,
    b: (ranked[pair.b] as Contender).cell,
    blocksNeeded:
      pair.verdict === 'undecided' && differences[i]
        ? blocksNeeded(differences[i], alpha / differences.length)
        : null,
  }));
  return [...tested, ...untestedPairs(contenders)];
}

/** Of which one at least has too few blocks to be ranked: a ratio at most. */
function untestedPairs(contenders: readonly Contender[]): PairOfCells[] {
  const known = contenders.filter(
    ({ standing, values }) =>
      values.size > 0 && (standing.unranked === null || standing.unranked === 'too few blocks'),
  );
  return known.flatMap((a, i) =>
    known.slice(i + 1).flatMap((b) => {
      if (b.standing.unranked === null) return [];
      const pair = untested(differenceOf(a.values, b.values));
      return [{ ...pair, a: a.cell, b: b.cell, blocksNeeded: null }];
    }),
  );
}
