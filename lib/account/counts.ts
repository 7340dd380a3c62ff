/** The event counters of a server's loops; null if the model can't count the event. */

import { native } from '../native.js';
import type { CountName } from '../native-data.js';
import { sum, sumKnown } from '../sums.js';

export type { CountName };

/** In the order of the addon's totals. */
export const COUNT_NAMES = native.countNames;

export type Counts = Readonly<Record<CountName, number | null>>;

const CALLS = COUNT_NAMES.filter((name) => name.startsWith('call'));

/** Counts with null for the unknown ones. */
export function counts(known: Partial<Counts>): Counts {
  const all = COUNT_NAMES.map((name) => [name, known[name] ?? null]);
  return Object.fromEntries(all) as Counts;
}

function combine(list: readonly Counts[], one: (values: readonly number[]) => number): Counts {
  const column = (name: CountName) => list.map((each) => each[name]);
  const all = COUNT_NAMES.map((name) => {
    const values = column(name).filter((value) => value !== null);
    return [name, values.length === list.length ? one(values) : null];
  });
  return Object.fromEntries(all) as Counts;
}

/** The sums; null if any part is null. */
export function sumCounts(list: readonly Counts[]): Counts {
  return combine(list, sum);
}

export function countsBetween(before: Counts, after: Counts): Counts {
  return combine([before, after], ([from = 0, to = 0]) => to - from);
}

/** The total of all counted system calls; null if any is unknown. */
export function systemCalls(counted: Counts): number | null {
  return sumKnown(CALLS.map((name) => counted[name]));
}
