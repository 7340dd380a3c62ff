/** Is what was measured known well enough? Pure. */
import type { Plan } from '../plan/plan.js';
import type { TrialRecord } from '../record.js';
import { levelKey } from './load-level.js';
import { type Row, summarize } from './summarize.js';
import { type LoadVerdict, testedPairs, verdicts, verdictsBy } from './verdicts.js';

/** Every pair of servers under each load is different, or the same; false where no pair can be. */
export function isDecided(plan: Plan, records: readonly TrialRecord[]): boolean {
  const pairs = verdictsBy('efficiency', verdicts(plan, records)).flatMap(testedPairs);
  return pairs.length > 0 && pairs.every(({ verdict }) => verdict !== 'undecided');
}

/**
 * Half of each interval is at most `share` of its ratio: between the servers under each load, and where there is one
 * alone, to the control, or of its throughput where it has none.
 */
export function isStable(plan: Plan, records: readonly TrialRecord[], share: number): boolean {
  const rows = summarize(plan, records);
  return verdictsBy('efficiency', verdicts(plan, records)).every((verdict) => {
    const pairs = testedPairs(verdict);
    const alike = rows.filter((_, i) => isUnder(verdict, plan, i));
    const intervals = pairs.length > 0 ? pairs : alike.flatMap(ownInterval);
    return intervals.every(({ low, high }) => isNarrow(low, high, share));
  });
}

function isUnder({ load }: LoadVerdict, { cells }: Plan, index: number): boolean {
  const cell = cells[index];
  return cell !== undefined && levelKey(cell) === levelKey(load);
}

/** None for a cell that has no valid trial: more blocks would wait for it in vain. */
function ownInterval({ valid, toControl, throughput }: Row) {
  const own = toControl ?? throughput;
  return valid === 0 || own === null ? [] : [own];
}

function isNarrow(low: number | null, high: number | null, share: number): boolean {
  return low !== null && high !== null && Math.log(high / low) / 2 <= Math.log1p(share);
}
