/** Two conditions against each other, over all factors that they don't concern. */
import { type MetricName, metricNamed } from '../../statistics/metrics.js';
import { type PairOfTrials, pooledDifference } from '../../statistics/pooled.js';
import { ALPHA, type Comparison, comparisons } from '../../statistics/simultaneous.js';
import type { Study, StudyCell } from './study.js';

/** Ratios first/second: geometric means over the pairs of cells. */
export interface Contest {
  readonly throughput: Comparison;
  readonly efficiency: Comparison;
}

/** Cells that differ in one condition. */
export type PairsOfCells = readonly (readonly [first: StudyCell, second: StudyCell])[];

/** Two groups of cells that differ in one condition. */
interface Match {
  readonly names: readonly [first: string, second: string];
  readonly pairs: PairsOfCells;
}

/** Each group with each later one. `othersOf`: equal for cells that differ in nothing but the condition. */
export function matchesOf(
  groups: ReadonlyMap<string, readonly StudyCell[]>,
  othersOf: (cell: StudyCell) => string,
): readonly Match[] {
  return [...groups].flatMap(([first, own], i) =>
    [...groups].slice(i + 1).map(([second, others]) => ({
      names: [first, second],
      pairs: own.flatMap((cell) => {
        const other = others.find((each) => othersOf(each) === othersOf(cell));
        return other ? [[cell, other]] : [];
      }),
    })),
  );
}

/** The intervals of each metric are simultaneous. */
export function contestsBetween<Of extends object>(
  { verdicts }: Study,
  matches: readonly (Of & { readonly pairs: PairsOfCells })[],
): readonly (Of & Contest)[] {
  const by = (name: MetricName) => {
    const differences = matches.map(({ pairs }) => ({
      ...{ a: 0, b: 1 }, // the places in a pair
      ...pooledDifference(pairs.map(trialsOf), metricNamed(name)),
    }));
    return comparisons(differences, verdicts[0]?.alpha ?? ALPHA);
  };
  const [throughput, efficiency] = [by('throughput'), by('efficiency')];
  return matches.map((match, i) => ({
    ...match,
    throughput: throughput[i] as Comparison,
    efficiency: efficiency[i] as Comparison,
  }));
}

function trialsOf([first, second]: PairsOfCells[number]): PairOfTrials {
  return [first.valid, second.valid];
}
