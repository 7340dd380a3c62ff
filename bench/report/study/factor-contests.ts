/** The values of a named factor against each other, by server: what a wire format costs, or the source of the bytes. */
import { groupBy } from '../../../lib/group.js';
import { factorValues } from '../../plan/load-level.js';
import type { Factor } from '../../services/service.js';
import { type Contest, contestsBetween, matchesOf } from './contests.js';
import type { Study, StudyCell } from './study.js';

interface Combination {
  readonly server: string;
  /** The other named factors, in words. */
  readonly under: string;
  /** The two values. */
  readonly names: readonly [first: string, second: string];
}

export type FactorContest = Combination & Contest;

/** Over the numeric factors. Empty unless the factor has several values in the run. */
export function factorContestsOf(study: Study, factor: Factor): readonly FactorContest[] {
  const named = study.varying.filter(
    ({ name }) => name !== factor.name && study.measured.some((cell) => isNamed(cell, name)),
  );
  const under = ({ level }: StudyCell) =>
    named.map(({ name, inWords }) => inWords(factorValues(level)[name] ?? '')).join(', ');
  const groups = groupBy(
    study.measured.filter(({ level }) => factor.name in level.factors),
    (cell) => `${cell.series.name} ${under(cell)}`,
  );
  return contestsBetween(
    study,
    [...groups.values()].flatMap((cells) => matchesAmong(cells, factor, under(cells[0]))),
  );
}

/** Its values are names, not numbers. */
function isNamed({ level }: StudyCell, factor: string): boolean {
  return typeof level.factors[factor] === 'string';
}

function matchesAmong(cells: readonly [StudyCell, ...StudyCell[]], factor: Factor, under: string) {
  const values = groupBy(cells, ({ level }) => String(level.factors[factor.name]));
  const matches = matchesOf(values, ({ level }) =>
    JSON.stringify({ ...factorValues(level), [factor.name]: null }),
  );
  return matches.map((match) => ({ server: cells[0].series.name, under, ...match }));
}
