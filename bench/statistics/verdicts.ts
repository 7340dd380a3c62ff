/** For each load and metric: the servers in order, and which pairs differ. Pure. */

import { groupBy } from '../../lib/group.js';
import { type LoadLevel, levelKey, levelOf } from '../plan/load-level.js';
import type { Cell, Plan } from '../plan/plan.js';
import { finished, type TrialRecord } from '../record.js';
import type { VerdictPair } from '../schema/verdicts.js';
import { type BasedDifference, differenceBetween, differencesOf } from './basis.js';
import { type Contender, contenders, type Place } from './contenders.js';
import { lettersOf } from './letters.js';
import { METRICS, type Metric, type MetricName } from './metrics.js';
import { ALPHA, alphaAfter, blocksNeeded, comparisons, untested } from './simultaneous.js';

/** Two cells under the same load. */
export type PairOfCells = Omit<VerdictPair, 'a' | 'b'> & { readonly a: Cell; readonly b: Cell };

export interface Standing extends Place {
  /** Two servers share a letter if and only if they aren't different; '' if not ranked. */
  readonly letters: string;
}

export interface LoadVerdict {
  readonly load: LoadLevel;
  readonly metric: MetricName;
  /** Number of blocks that were begun. */
  readonly blocks: number;
  /** Family-wise error rate of the intervals. */
  readonly alpha: number;
  /** Ranked servers, best first, then the others. */
  readonly standings: readonly Standing[];
  /** `a` comes before `b` in the order of `standings`. */
  readonly pairs: readonly PairOfCells[];
}

export function verdicts(
  plan: Pick<Plan, 'cells' | 'blocks' | 'stopping'>,
  records: readonly TrialRecord[],
  metrics: readonly Metric[] = METRICS,
): readonly LoadVerdict[] {
  const done = finished(records);
  return [...groupBy(plan.cells, levelKey).values()].flatMap((alike) => {
    const own = done.filter(({ cell }) => alike.some(({ number }) => number === cell));
    const blocks = new Set(own.map(({ block }) => block)).size;
    const alpha = alphaAfter(plan, blocks);
    return metrics.map((metric) => verdictOf(alike, metric, own, blocks, alpha));
  });
}

/** The verdicts by one metric. */
export function verdictsBy(name: MetricName, all: readonly LoadVerdict[]): readonly LoadVerdict[] {
  return all.filter(({ metric }) => metric === name);
}

/** The pairs with simultaneous intervals: both servers are ranked. */
export function testedPairs(verdict: LoadVerdict): readonly PairOfCells[] {
  const ranked = new Set(rankedOf(verdict).map(({ cell }) => cell));
  return verdict.pairs.filter(({ a, b }) => ranked.has(a) && ranked.has(b));
}

export function rankedOf({ standings }: LoadVerdict): readonly Standing[] {
  return standings.filter(({ unranked }) => unranked === null);
}

function verdictOf(
  cells: readonly [Cell, ...Cell[]],
  metric: Metric,
  records: readonly TrialRecord[],
  blocks: number,
  alpha: number,
): LoadVerdict {
  const all = contenders(cells, metric, records);
  const ranked = all.filter(({ place }) => place.unranked === null);
  const pairs = pairsOf(all, alpha);
  const letters = lettersOf(ranked.length, (a, b) =>
    pairs.some(
      (pair) =>
        pair.a === ranked[a]?.cell && pair.b === ranked[b]?.cell && pair.verdict === 'different',
    ),
  );
  return {
    load: levelOf(cells[0]),
    metric: metric.name,
    blocks,
    alpha,
    standings: all.map(({ place }, i) => ({ ...place, letters: letters[i] ?? '' })),
    pairs,
  };
}

function pairsOf(contenders: readonly Contender[], alpha: number): readonly PairOfCells[] {
  const ranked = contenders.filter(({ place }) => place.unranked === null);
  const differences = differencesOf(ranked);
  const tested = comparisons(differences, alpha).map((pair, i) => ({
    ...pair,
    basis: (differences[i] as BasedDifference).basis,
    a: (ranked[pair.a] as Contender).cell,
    b: (ranked[pair.b] as Contender).cell,
    blocksNeeded:
      pair.verdict === 'undecided' && differences[i]
        ? blocksNeeded(differences[i], ALPHA / differences.length)
        : null,
  }));
  return [...tested, ...untestedPairs(contenders)];
}

/** Pairs in which at least one server has too few blocks to be ranked: a ratio without an interval. */
function untestedPairs(contenders: readonly Contender[]): PairOfCells[] {
  const known = contenders.filter(
    ({ place }) =>
      place.blocks > 0 && (place.unranked === null || place.unranked === 'too few blocks'),
  );
  return known.flatMap((a, i) =>
    known.slice(i + 1).flatMap((b) => {
      if (b.place.unranked === null) return [];
      const difference = differenceBetween(a, b);
      const { basis } = difference;
      return [{ ...untested(difference), basis, a: a.cell, b: b.cell, blocksNeeded: null }];
    }),
  );
}
