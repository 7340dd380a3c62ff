/** Runs that end by a stopping rule, on equal servers: how often one ends with a false verdict, and after how many blocks. */
import { mean } from 'simple-statistics';
import { isLook, type Stopping } from '../../bench/plan/stopping.js';
import { pairedDifferences } from '../../bench/statistics/paired.js';
import {
  alphaAfter,
  comparisons,
  type PairComparison,
} from '../../bench/statistics/simultaneous.js';
import type { Random } from './noise.js';
import type { Scenario, Values } from './scenarios.js';
import { byBlock } from './simulate.js';

export interface Ended {
  readonly runs: number;
  /** Runs with any false verdict when they ended. */
  readonly missed: number;
  readonly meanBlocks: number;
}

/** The number of blocks after which a budget's time is spent. */
const MOST = 60;

export function simulateStopping(
  scenario: Scenario,
  servers: number,
  first: number,
  stopping: Stopping,
  runs: number,
  random: Random,
): Ended {
  const ends = Array.from({ length: runs }, () => {
    const values = scenario.draw({ servers, blocks: MOST }, random);
    for (let blocks = first; ; blocks++) {
      if (blocks < MOST && !isLook(first, blocks)) continue;
      const pairs = pairsAfter(values, blocks, alphaAfter({ stopping, blocks: first }, blocks));
      if (blocks === MOST || isEnough(pairs, stopping)) return { blocks, pairs };
    }
  });
  return {
    runs,
    missed: ends.filter(({ pairs }) => pairs.some((pair) => pair.verdict === 'different')).length,
    meanBlocks: mean(ends.map(({ blocks }) => blocks)),
  };
}

function pairsAfter(values: Values, blocks: number, alpha: number): PairComparison[] {
  return comparisons(pairedDifferences(values.map((row) => byBlock(row.slice(0, blocks)))), alpha);
}

function isEnough(pairs: readonly PairComparison[], stopping: Stopping): boolean {
  if (stopping.kind === 'budget') return pairs.every(({ verdict }) => verdict !== 'undecided');
  const share = stopping.kind === 'stable' ? stopping.share : 0;
  return pairs.every(
    ({ low, high }) =>
      low !== null && high !== null && Math.log(high / low) / 2 <= Math.log1p(share),
  );
}
