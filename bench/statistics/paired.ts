/** Differences between servers within blocks, because changes of the machine between blocks affect both. Pure. */
import { mean, sampleVariance } from 'simple-statistics';
import { sumOf } from '../../lib/sums.js';
import { moderated, priorOf, type Variance } from './moderation.js';

/** The logarithm of a server's figure in each block where its trial was valid. */
export type ByBlock = ReadonlyMap<number, number>;

/** The difference log a − log b. */
export interface Difference {
  /** Number of blocks with both. */
  readonly blocks: number;
  readonly mean: number;
  /** The variance of a single block's difference. */
  readonly variance: Variance;
}

export interface PairedDifference extends Difference {
  /** Indices of the two in the given list. */
  readonly a: number;
  readonly b: number;
}

/** Fewer common blocks give no usable estimate of a pair’s variance. */
export const LEAST_BLOCKS = 3;

/** Every pair: the first server with all later ones, then the second, and so on. */
export function pairedDifferences(servers: readonly ByBlock[]): PairedDifference[] {
  const pairs = servers.flatMap((a, i) =>
    servers.slice(i + 1).map((b, j) => ({ a: i, b: i + 1 + j, ...differenceOf(a, b) })),
  );
  const known = pairs.filter(({ blocks }) => blocks >= LEAST_BLOCKS);
  const prior = priorOf(known.map(({ variance }) => variance));
  const residual = residualFreedom(servers);
  return pairs.map((pair) => {
    if (prior === null || pair.blocks < LEAST_BLOCKS) return pair;
    // The degrees of freedom can't exceed those of the data.
    const freedom = Math.max(0, Math.min(prior.freedom, residual - pair.variance.freedom));
    return { ...pair, variance: moderated(pair.variance, { ...prior, freedom }) };
  });
}

/** The variance is not moderated. */
export function differenceOf(a: ByBlock, b: ByBlock): Difference {
  const logs = [...a].flatMap(([block, log]) => {
    const other = b.get(block);
    return other === undefined ? [] : log - other;
  });
  const value = logs.length < 2 ? Number.NaN : sampleVariance(logs);
  return {
    blocks: logs.length,
    mean: logs.length === 0 ? Number.NaN : mean(logs),
    variance: { value, freedom: Math.max(0, logs.length - 1) },
  };
}

/** Residual degrees of freedom of the two-way layout. */
function residualFreedom(servers: readonly ByBlock[]): number {
  const present = servers.filter((server) => server.size > 0);
  const values = sumOf(present, ({ size }) => size);
  const blocks = new Set(present.flatMap((server) => [...server.keys()])).size;
  return values - blocks - present.length + 1;
}
