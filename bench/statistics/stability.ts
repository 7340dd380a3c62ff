/** The conditions of the stopping rules. Pure. */

import { levelKey } from '../plan/load-level.js';
import type { Plan } from '../plan/plan.js';
import type { TrialRecord } from '../record.js';
import type { Estimate } from './median.js';
import { EFFICIENCY } from './metrics.js';
import { type Row, summarize } from './summarize.js';
import { type LoadVerdict, testedPairs, verdicts } from './verdicts.js';

/** Every pair of servers with valid trials under the same load is decided: different or the same. False without a pair. */
export function isDecided(plan: Plan, records: readonly TrialRecord[]): boolean {
  const pairs = verdicts(plan, records, [EFFICIENCY]).flatMap((one) => one.pairs);
  return pairs.length > 0 && pairs.every(({ verdict }) => verdict !== 'undecided');
}

/**
 * The half-width of each interval is at most `share` of its ratio. Intervals: the ratios between the servers under each
 * load; for a single server, its ratio to the control, or its throughput if there is no control.
 */
export function isStable(plan: Plan, records: readonly TrialRecord[], share: number): boolean {
  const rows = summarize(plan, records);
  return verdicts(plan, records, [EFFICIENCY]).every((verdict) => {
    const areNarrow = (intervals: readonly Interval[]) =>
      intervals.every(({ low, high }) => isNarrow(low, high, share));
    const comparable = verdict.standings.filter(({ blocks }) => blocks > 0);
    if (comparable.length < 2)
      return areNarrow(rows.filter((_, i) => isUnder(verdict, plan, i)).flatMap(ownInterval));
    const pairs = testedPairs(verdict);
    return pairs.length > 0 && areNarrow(pairs);
  });
}

function isUnder({ load }: LoadVerdict, { cells }: Plan, index: number): boolean {
  const cell = cells[index];
  return cell !== undefined && levelKey(cell) === levelKey(load);
}

type Interval = Pick<Estimate, 'low' | 'high'>;

/** Empty for a cell without a valid trial, because more blocks would not help. */
function ownInterval({ valid, toControl, throughput }: Row): readonly Interval[] {
  const own = toControl ?? throughput;
  return valid === 0 || own === null ? [] : [own];
}

function isNarrow(low: number | null, high: number | null, share: number): boolean {
  return low !== null && high !== null && Math.log(high / low) / 2 <= Math.log1p(share);
}
