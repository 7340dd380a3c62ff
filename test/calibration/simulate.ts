/** How often the verdicts are wrong, and how often a difference is found: equal servers, simulated. */
import { type ByBlock, pairedDifferences } from '../../bench/statistics/paired.js';
import { comparisons } from '../../bench/statistics/simultaneous.js';
import type { Random } from './noise.js';
import type { Scenario, Size, Values } from './scenarios.js';

export interface Tally {
  readonly runs: number;
  /** Runs in which any interval misses the true value: among equal servers, a false verdict. */
  readonly missed: number;
  /** For each difference: how many of the pairs with it are found, of all, and how many with the wrong sign. */
  readonly found: readonly number[];
  readonly wrong: readonly number[];
  readonly pairs: number;
}

/**
 * The first server is made faster by each of `differences`, as a share. Intervals of logarithms move along with the
 * difference, so that one simulation serves for all of them.
 */
export function simulate(
  scenario: Scenario,
  size: Size,
  runs: number,
  differences: readonly number[],
  random: Random,
): Tally {
  let missed = 0;
  let pairs = 0;
  const found = differences.map(() => 0);
  const wrong = differences.map(() => 0);
  for (let run = 0; run < runs; run++) {
    const intervals = intervalsOf(scenario.draw(size, random));
    if (intervals.some(({ low, high }) => low > 0 || high < 0)) missed++;
    for (const { low, high } of intervals.filter(({ a }) => a === 0)) {
      pairs++;
      differences.forEach((difference, i) => {
        if (low + Math.log1p(difference) > 0) found[i] = (found[i] ?? 0) + 1;
        if (high + Math.log1p(difference) < 0) wrong[i] = (wrong[i] ?? 0) + 1;
      });
    }
  }
  return { runs, missed, found, wrong, pairs };
}

interface Interval {
  readonly a: number;
  readonly low: number;
  readonly high: number;
}

/** Of logarithms. */
function intervalsOf(values: Values): Interval[] {
  return comparisons(pairedDifferences(values.map(byBlock))).map(({ a, low, high }) => ({
    a,
    low: low === null ? Number.NEGATIVE_INFINITY : Math.log(low),
    high: high === null ? Number.POSITIVE_INFINITY : Math.log(high),
  }));
}

export function byBlock(values: readonly number[]): ByBlock {
  return new Map(
    values.flatMap((value, block) => (Number.isNaN(value) ? [] : [[block, value] as const])),
  );
}
