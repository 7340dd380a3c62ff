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

export interface Tried {
  readonly level: number;
  readonly holds: boolean;
}

/** Null when the answer is known: the level breaks within `precision`, holds all the way, or not even at first. */
export function nextLevel(tried: readonly Tried[], { from, to, precision }: Search): number | null {
  if (tried.length === 0) return Math.min(from, to);
  const { held, broken } = bounds(tried);
  if (held === 0) return null;
  if (broken === null) return held >= to ? null : Math.min(held * 2, to);
  const middle = Math.round((held + broken) / 2);
  const isKnown = broken - held <= Math.max(1, held * precision);
  return isKnown || middle === held || middle === broken ? null : middle;
}

/** The most that held, 0 if nothing did; and the least beyond it that broke, if any did. */
export function bounds(tried: readonly Tried[]): { held: number; broken: number | null } {
  const held = Math.max(0, ...tried.filter(({ holds }) => holds).map(({ level }) => level));
  const beyond = tried.filter(({ holds, level }) => !holds && level > held);
  return { held, broken: beyond.length === 0 ? null : Math.min(...beyond.map((t) => t.level)) };
}
