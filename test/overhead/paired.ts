/** Paired measurement: A B A B …, the median of the pairs' ratios, and its confidence interval. */
import { type Estimate, estimate } from '../../bench/statistics/median.js';

export interface Paired<A> {
  /** All results of A, and the medians of both. */
  readonly each: readonly A[];
  readonly a: number;
  readonly b: number;
  /** Of a / b, pair by pair. */
  readonly ratio: Estimate;
}

/** Adjacent measurements share the machine's state, so their ratio varies less than each of them. */
export async function pair<A extends Measured>(
  pairs: number,
  a: () => Promise<A>,
  b: () => Promise<Measured>,
): Promise<Paired<A>> {
  const measured: { a: A; b: Measured }[] = [];
  for (let i = 0; i < pairs; i++) measured.push({ a: await a(), b: await b() });
  const each = measured.map((one) => one.a);
  return {
    each,
    a: known(each.map(({ value }) => value)).median,
    b: known(measured.map((one) => one.b.value)).median,
    ratio: known(measured.map((one) => one.a.value / one.b.value)),
  };
}

export interface Measured {
  /** What is compared, e.g. requests per CPU-second; greater is better. */
  readonly value: number;
}

/** NaN if nothing was measured, because the window was too short for a busy machine. */
function known(values: readonly number[]): Estimate {
  return estimate(values.filter(Number.isFinite)) ?? NOTHING;
}

const NOTHING: Estimate = { median: Number.NaN, low: null, high: null, level: null };
