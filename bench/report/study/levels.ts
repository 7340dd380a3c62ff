/** The factors of the load, and how an axis shows them. */

import { factorValue, isVaried, type LoadLevel } from '../../plan/load-level.js';
import type { Factor } from '../../services/service.js';

export interface Axis extends Pick<Factor, 'name' | 'title' | 'labels'> {
  /** In rising order. */
  readonly values: readonly number[];
  /** `log`: powers of ten at equal distances; `symlog`: the same for values that include 0. */
  readonly scale: 'linear' | 'log' | 'symlog';
}

/** From this ratio of highest to lowest level on, a linear axis would crowd the low levels. */
const WIDE = 6;

/** The factors with several values. */
export function varyingOf(
  factors: readonly Factor[],
  levels: readonly LoadLevel[],
): readonly Factor[] {
  return factors.filter(({ name }) => isVaried(levels.map((level) => factorValue(level, name))));
}

/** The numeric factor with most levels; the others are shown as panels. */
export function axisOf(varying: readonly Factor[], levels: readonly LoadLevel[]): Axis | null {
  return axesOf(varying, levels)[0] ?? null;
}

/** The numeric factors, that with most levels first. */
export function axesOf(varying: readonly Factor[], levels: readonly LoadLevel[]): readonly Axis[] {
  const axes = varying.flatMap((factor) => {
    const values = [...new Set(levels.map((level) => factorValue(level, factor.name)))];
    const numbers = values.filter((value) => typeof value === 'number').sort((a, b) => a - b);
    return numbers.length < values.length
      ? []
      : [{ ...factor, values: numbers, scale: scaleFor(numbers) }];
  });
  return axes.sort((a, b) => b.values.length - a.values.length);
}

/** By each factor in turn: numbers rising, names in the order of their first level. */
export function inOrder<Each extends LoadLevel>(
  levels: readonly Each[],
  factors: readonly Factor[],
): readonly Each[] {
  const ranks = factors.map(({ name }) => {
    const values = levels.map((level) => factorValue(level, name));
    return (level: Each) => {
      const value = factorValue(level, name);
      return typeof value === 'number' ? value : values.indexOf(value);
    };
  });
  const compare = (a: Each, b: Each) =>
    ranks.map((rank) => rank(a) - rank(b)).find((difference) => difference !== 0) ?? 0;
  return levels.toSorted(compare);
}

function scaleFor(values: readonly number[]): Axis['scale'] {
  const positive = values.filter((value) => value > 0);
  const [low = 1, high = 1] = [positive[0], positive.at(-1)];
  if (positive.length < values.length) return positive.length > 1 ? 'symlog' : 'linear';
  return high / low >= WIDE ? 'log' : 'linear';
}

/** `64 connections, 900 idle connections`: the level's values of these factors, as far as it has them. */
export function inWords(level: LoadLevel, factors: readonly Factor[]): string {
  return factors
    .flatMap(({ name, inWords }) => {
      const value = factorValue(level, name);
      return value === undefined ? [] : [inWords(value)];
    })
    .join(', ');
}
