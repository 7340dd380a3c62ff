/** Phrases that sections share: lists, counts, intervals. */
import type { Estimate } from '../../statistics/median.js';
import { faint, type Inline, type Text } from './blocks.js';

/** a; a and b; a, b and c. */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** The same, for items with their own weight. */
export function listedWords(items: readonly Inline[]): Text {
  return items.flatMap((item, i) => {
    if (i === 0) return [item];
    return [i === items.length - 1 ? ' and ' : ', ', item];
  });
}

type Format = (value: number | null) => string;

/** 165k [158k, 170k]; only the median if its interval is unknown. */
export function withInterval(estimate: Estimate | null, format: Format): Text {
  if (estimate === null) return [format(null)];
  const { median, low, high } = estimate;
  return low === null
    ? [format(median)]
    : [format(median), faint(` ${interval(low, high, format)}`)];
}

export function interval(low: number | null, high: number | null, format: Format): string {
  return `[${format(low)}, ${format(high)}]`;
}

/** 1.31×. */
export function times(ratio: number | null): string {
  if (ratio === null) return '–';
  return ratio >= 100 ? `${Math.round(ratio)}×` : `${ratio.toFixed(ratio >= 10 ? 1 : 2)}×`;
}

export function percent(share: number): string {
  const value = share * 100;
  return `${value.toFixed(value < 10 && value > 0 ? 1 : 0)} %`;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
