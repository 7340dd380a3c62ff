/** What a ramp raises, and which load to try next: doubling until the level breaks, then halving the doubt. Pure. */
import type { EchoOptions } from './plan.js';

/** A load that a ramp can raise. */
export interface Load {
  /** The option that a ramp takes the place of. */
  readonly option: 'conns' | 'rate';
  readonly unit: string;
  /** The same of one. */
  readonly single: string;
  readonly from: number;
  readonly to: number;
  readonly most: number;
  /** The options that put one level of it to the servers. */
  readonly at: (level: number) => Partial<EchoOptions>;
  /** The level of a cell, or of what was summarized of it. */
  readonly of: (cell: Levelled) => number;
}

interface Levelled {
  readonly connections: number;
  readonly rate: number | { readonly asked: number } | null;
}

export const LOADS = {
  connections: {
    option: 'conns',
    unit: 'connections',
    single: 'connection',
    from: 125,
    to: 16_000,
    most: 1_000_000,
    at: (level) => ({ connections: [level] }),
    of: ({ connections }) => connections,
  },
  rate: {
    option: 'rate',
    unit: 'messages/s',
    single: 'message/s',
    from: 1000,
    to: 1_000_000,
    most: 100_000_000,
    at: (level) => ({ rates: [level] }),
    of: ({ rate }) => (typeof rate === 'object' ? (rate?.asked ?? 0) : rate),
  },
} as const satisfies Record<string, Load>;

export type LoadName = keyof typeof LOADS;

export const LOAD_NAMES = Object.keys(LOADS) as readonly LoadName[];

export interface Search {
  readonly from: number;
  readonly to: number;
  /** The answer is known when the two sides of it are so close, as a share. */
  readonly precision: number;
}

/** A level, and how many of its trials held. One that can't be run counts as a trial that broke. */
export interface Tried {
  readonly level: number;
  readonly trials: number;
  readonly held: number;
}

/** Where a server breaks, as far as it is known. */
export interface Bounds {
  /** The most that most of its trials held, 0 if there is none; and the least beyond it that most broke. */
  readonly held: number;
  readonly broken: number | null;
  /** The most up to which every trial held, 0 if there is none; and the least beyond which every trial broke. */
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
 * Null when the answer is known: the level breaks within `precision`, and where trials of a level disagree, a lower
 * level that always holds and a higher one that always breaks are known too; or all levels hold, or not even the first.
 */
export function nextLevel(tried: readonly Tried[], search: Search): number | null {
  if (tried.length === 0) return Math.min(search.from, search.to);
  const found = bounds(tried);
  if (found.held === 0) return null;
  return between(found, search) ?? below(tried, found, search) ?? above(tried, found, search);
}

/** Doubling until the level breaks, then halving the gap. */
function between({ held, broken }: Bounds, { to, precision }: Search): number | null {
  if (broken === null) return held >= to ? null : Math.min(held * 2, to);
  const middle = Math.round((held + broken) / 2);
  const isKnown = broken - held <= Math.max(1, held * precision);
  return isKnown || middle === held || middle === broken ? null : middle;
}

/** Down from the least level that did not always hold. */
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

/** Up from the greatest level that did not always break. */
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
