/** The variables of the load, and how an axis shows them. */
import type { LoadLevel } from '../../statistics/load-level.js';
import { count } from '../text/phrases.js';

export const VARIABLES = ['connections', 'idle', 'rate', 'bytes'] as const;
export type LevelName = (typeof VARIABLES)[number];

export interface Axis {
  readonly name: LevelName;
  readonly title: string;
  /** In rising order. */
  readonly values: readonly number[];
  /** `log`: powers of ten at equal distances; `symlog`: the same for values that include 0. */
  readonly scale: 'linear' | 'log' | 'symlog';
}

const TITLES: Readonly<Record<LevelName, string>> = {
  connections: 'connections',
  idle: 'idle connections',
  rate: 'target rate, messages per second',
  bytes: 'bytes in a message',
};

/** From this ratio of highest to lowest level on, a linear axis would crowd the low levels. */
const WIDE = 6;

/** The variable with most levels; the others are shown as panels. */
export function axisOf(varying: readonly LevelName[], levels: readonly LoadLevel[]): Axis | null {
  const axes = varying.map((name) => {
    const values = [...new Set(levels.map((level) => level[name]))].sort((a, b) => a - b);
    return { name, title: TITLES[name], values, scale: scaleFor(values) };
  });
  return axes.sort((a, b) => b.values.length - a.values.length)[0] ?? null;
}

function scaleFor(values: readonly number[]): Axis['scale'] {
  const positive = values.filter((value) => value > 0);
  const [low = 1, high = 1] = [positive[0], positive.at(-1)];
  if (positive.length < values.length) return positive.length > 1 ? 'symlog' : 'linear';
  return high / low >= WIDE ? 'log' : 'linear';
}

const WORDS: Readonly<Record<LevelName, (value: number) => string>> = {
  connections: (value) => count(value, 'connection'),
  idle: (value) => count(value, 'idle connection'),
  rate: (value) => `${value.toLocaleString('en')} messages/s`,
  bytes: (value) => count(value, 'byte'),
};

/** `64 connections, 900 idle connections`: the level's values of these names. */
export function inWords(level: LoadLevel, names: readonly LevelName[]): string {
  return names.map((name) => WORDS[name](level[name])).join(', ');
}
