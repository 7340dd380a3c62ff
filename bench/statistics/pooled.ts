/** Differences between two conditions over several pairs of cells, block by block. Pure. */
import { groupBy } from '../../lib/group.js';
import { meanIfAny } from '../../lib/sums.js';
import type { TrialRecord } from '../record.js';
import type { Metric } from './metrics.js';
import { type ByBlock, type Difference, differenceOf } from './paired.js';

/** The valid trials of two cells that differ in one condition. */
export type PairOfTrials = readonly [a: readonly TrialRecord[], b: readonly TrialRecord[]];

/** In each block the mean difference of the logarithms, over the pairs of which both have a trial. */
export function pooledDifference(pairs: readonly PairOfTrials[], metric: Metric): Difference {
  const each = pairs.flatMap(([a, b]) => inCommon(logsOf(a, metric), logsOf(b, metric)));
  const means = [...groupBy(each, ({ block }) => block)].map(([block, some]) => {
    const values = some.map(({ difference }) => difference);
    return [block, meanIfAny(values) ?? 0] as const;
  });
  return differenceOf(new Map(means), new Map(means.map(([block]) => [block, 0])));
}

function inCommon(a: ByBlock, b: ByBlock) {
  return [...a].flatMap(([block, log]) => {
    const other = b.get(block);
    return other === undefined ? [] : [{ block, difference: log - other }];
  });
}

function logsOf(trials: readonly TrialRecord[], { figure }: Metric): ByBlock {
  return new Map(
    trials.flatMap(({ block, measurement }) => {
      const value = measurement && figure(measurement);
      return value ? [[block, Math.log(value)] as const] : [];
    }),
  );
}
