/** The loads that a ramp can vary, and the next level to try: double until a level breaks, then bisect. Pure. */
import type { RampQuestion } from '../schema/run.js';
import { factorsOf } from '../services/registry.js';
import type { RampAxis } from '../services/service.js';

/** A factor that a ramp can vary. */
export interface Load extends RampAxis {
  readonly name: string;
}

export function loadsOf(service: string): readonly Load[] {
  return factorsOf(service).flatMap(({ name, ramp }) => (ramp ? [{ name, ...ramp }] : []));
}

/** `name`: a factor of the service that a ramp can vary. */
export function loadNamed(service: string, name: string): Load {
  const load = loadsOf(service).find((each) => each.name === name);
  if (!load) throw new Error(`load ${name} of ${service}: unknown`);
  return load;
}

/** The levels to search. */
export type Search = Pick<RampQuestion, 'from' | 'to' | 'precision'>;

/** A level and how many of its trials held. A level that can't be run counts as one trial that broke. */
export interface Tried {
  readonly level: number;
  readonly trials: number;
  readonly held: number;
}

/** The load at which a server breaks, as far as it is known. */
export interface Bounds {
  /**
   * `held`: the highest level that held in most of its trials; 0 if none. `broken`: the lowest level above it that did
   * not.
   */
  readonly held: number;
  readonly broken: number | null;
  /** `low`: every trial up to this level held; 0 if none. `high`: every trial from this level on broke. */
  readonly low: number;
  readonly high: number | null;
}

export function bounds(tried: readonly Tried[]): Bounds {
  const rising = tried.toSorted((a, b) => a.level - b.level);
  const held = Math.max(0, ...rising.filter(holds).map(({ level }) => level));
  const beyond = rising.find((one) => !holds(one) && one.level > held);
  const firstNotSure = rising.findIndex((one) => one.held < one.trials);
  const sure = firstNotSure < 0 ? rising : rising.slice(0, firstNotSure);
  const last = rising.findLastIndex((one) => one.held > 0);
  return {
    held,
    broken: beyond?.level ?? null,
    low: sure.at(-1)?.level ?? 0,
    high: rising[last + 1]?.level ?? null,
  };
}

function holds({ held, trials }: Tried): boolean {
  return held * 2 > trials;
}

/**
 * Null when the search is complete: the gap is within `precision` and, if trials of one level disagree, a lower level
 * that always holds and a higher one that always breaks are known. Also null if all levels hold, or if the first breaks.
 */
export function nextLevel(tried: readonly Tried[], search: Search): number | null {
  if (tried.length === 0) return Math.min(search.from, search.to);
  const found = bounds(tried);
  if (found.held === 0) return null;
  return between(found, search) ?? below(tried, found, search) ?? above(tried, found, search);
}

/** Doubles until a level breaks, then halves the gap. */
function between({ held, broken }: Bounds, { to, precision }: Search): number | null {
  if (broken === null) return held >= to ? null : Math.min(held * 2, to);
  const middle = Math.round((held + broken) / 2);
  const isKnown = broken - held <= Math.max(1, held * precision);
  return isKnown || middle === held || middle === broken ? null : middle;
}

/** The next level below the lowest one that did not always hold. */
function below(
  tried: readonly Tried[],
  { held, low }: Bounds,
  { from, precision }: Search,
): number | null {
  if (low >= held) return null;
  const doubtful = Math.min(
    ...tried.filter((one) => one.held < one.trials).map(({ level }) => level),
  );
  const next = Math.max(from, Math.round(doubtful / (1 + precision)));
  return next > low && next < doubtful ? next : null;
}

/** The next level above the highest one that did not always break. */
function above(
  tried: readonly Tried[],
  { broken, high }: Bounds,
  { to, precision }: Search,
): number | null {
  if (broken === null || (high !== null && high <= broken)) return null;
  const doubtful = Math.max(...tried.filter((one) => one.held > 0).map(({ level }) => level));
  const next = Math.min(to, Math.max(doubtful + 1, Math.round(doubtful * (1 + precision))));
  return next > doubtful && (high === null || next < high) ? next : null;
}
