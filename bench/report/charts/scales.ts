/** Readable axes: round figures with units, and only as many as there is space for. */

/** 1,000; from 100k on with a unit. */
export const LEVELS = "datum.value < 1e5 ? format(datum.value, ',d') : format(datum.value, '.3~s')";
/** 217k, 1.2M. */
export const COUNTS = "format(datum.value, '.3~s')";
/** Microseconds as µs, ms or s. */
export const TIMES =
  "datum.value >= 1e6 ? format(datum.value / 1e6, '.3~r') + ' s' : datum.value >= 1e3 ? " +
  "format(datum.value / 1e3, '.3~r') + ' ms' : format(datum.value, '.3~r') + ' µs'";
/** 0.97 is 97 %. */
export const SHARES = "format(datum.value * 100, '.3~r') + ' %'";

/** A y axis, with the values at its ends. */
export interface Scale {
  readonly type: 'linear' | 'log';
  readonly domain: readonly [number, number];
  readonly nice: false;
  readonly clamp?: true;
}

/** Linear, to a round figure at or above these values. */
export function fromZero(values: readonly number[]): Scale {
  const most = Math.max(0, ...values) || 1;
  const step = 10 ** Math.floor(Math.log10(most)) / 5;
  return { type: 'linear', domain: [0, Math.ceil(most / step) * step], nice: false };
}

/** The position of a value on the axis, 0 to 1. */
export function shareOf({ type, domain }: Scale, value: number): number {
  const warp = type === 'log' ? Math.log : (x: number) => x;
  const [low, high] = [warp(domain[0]), warp(domain[1])];
  return Math.min(1, Math.max(0, (warp(value) - low) / (high - low || 1)));
}

/** A logarithmic scale over these values, from tick to tick. */
export function logarithmic(values: readonly number[]): { scale: Scale; ticks: readonly number[] } {
  const positive = values.filter((value) => value > 0);
  const low = positive.reduce((least, value) => Math.min(least, value), Number.MAX_VALUE);
  const high = positive.reduce((most, value) => Math.max(most, value), 0);
  const ticks = positive.length === 0 ? [1, 10] : ticksBetween(low, high);
  const domain = [ticks[0] as number, ticks.at(-1) as number] as const;
  return { scale: { type: 'log', domain, nice: false, clamp: true }, ticks };
}

/** Two or more, around both. Powers of ten; over less than two decades 2 and 5 between them. */
function ticksBetween(low: number, high: number): number[] {
  const steps = high / low < 50 ? [1, 2, 5] : [1];
  const from = Math.floor(Math.log10(low));
  const decades = Array.from(
    { length: Math.ceil(Math.log10(high)) - from + 1 },
    (_, i) => from + i,
  );
  const all = decades.flatMap((decade) => steps.map((step) => step * 10 ** decade));
  const first = Math.max(
    0,
    all.findLastIndex((tick) => tick <= low),
  );
  const last = all.findIndex((tick, i) => i > first && tick >= high);
  return all.slice(first, (last < 0 ? all.length - 1 : last) + 1);
}
