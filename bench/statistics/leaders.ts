/** The best server under a load, and those that are not significantly worse. Pure. */
import type { Cell } from '../plan/plan.js';
import { metricNamed } from './metrics.js';
import type { LoadVerdict, PairOfCells, Standing } from './verdicts.js';
import { rankedOf } from './verdicts.js';

export interface Leaders {
  readonly verdict: LoadVerdict;
  readonly best: Standing;
  /** Ranked servers that are not significantly worse than the best, in order. */
  readonly notWorse: readonly Standing[];
}

/** Null if fewer than two servers are ranked. */
export function leadersOf(verdict: LoadVerdict): Leaders | null {
  const [best, ...others] = rankedOf(verdict);
  if (best === undefined || others.length === 0) return null;
  const notWorse = others.filter((one) => {
    const pair = pairOf(verdict, best, one);
    return pair === undefined || betterOf(verdict, pair) !== best.cell;
  });
  return { verdict, best, notWorse };
}

export function pairOf(
  { pairs }: LoadVerdict,
  { cell: a }: Standing,
  { cell: b }: Standing,
): PairOfCells | undefined {
  return pairs.find((pair) => pair.a === a && pair.b === b);
}

/** Null unless the two differ significantly. With missing blocks, a pair's order can contradict the overall order. */
export function betterOf(
  { metric }: LoadVerdict,
  { a, b, ratio, verdict }: PairOfCells,
): Cell | null {
  if (verdict !== 'different' || ratio === null) return null;
  return ratio > 1 === (metricNamed(metric).better === 'more') ? a : b;
}

export interface Multiple {
  readonly ratio: number;
  /** Null if one of the two isn't ranked. */
  readonly low: number | null;
  readonly high: number | null;
}

/** The ratio b/a of a pair. */
export function inverted({ ratio, low, high }: PairOfCells): Multiple | null {
  if (ratio === null) return null;
  return { ratio: 1 / ratio, low: high && 1 / high, high: low && 1 / low };
}
