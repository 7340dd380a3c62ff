/** Axes as people read them: round figures with units, and no more of them than there is room for. */

/** 1,000 whole; 100k beyond what is read at a glance. */
export const LEVELS = "datum.value < 1e5 ? format(datum.value, ',d') : format(datum.value, '.3~s')";
/** 217k, 1.2M. */
export const COUNTS = "format(datum.value, '.3~s')";
/** Microseconds as µs, ms or s. */
export const TIMES =
  "datum.value >= 1e6 ? format(datum.value / 1e6, '.3~r') + ' s' : datum.value >= 1e3 ? " +
  "format(datum.value / 1e3, '.3~r') + ' ms' : format(datum.value, '.3~r') + ' µs'";
/** 0.97 is 97 %. */
export const SHARES = "format(datum.value * 100, '.3~r') + ' %'";

/** A logarithmic scale over these values, from tick to tick. */
export function logarithmic(values: readonly number[]) {
  const positive = values.filter((value) => value > 0);
  const low = positive.reduce((least, value) => Math.min(least, value), Number.MAX_VALUE);
  const high = positive.reduce((most, value) => Math.max(most, value), 0);
  if (positive.length === 0) return { scale: { type: 'log' }, ticks: [1] };
  const ticks = ticksBetween(low, high);
  return {
    scale: { type: 'log', domain: [ticks[0], ticks.at(-1)], nice: false, clamp: true },
    ticks,
  };
}

/** Powers of ten; over less than two decades 2 and 5 between them. */
function ticksBetween(low: number, high: number): number[] {
  const steps = high / low < 50 ? [1, 2, 5] : [1];
  const from = Math.floor(Math.log10(low));
  const decades = Array.from(
    { length: Math.ceil(Math.log10(high)) - from + 1 },
    (_, i) => from + i,
  );
  const all = decades.flatMap((decade) => steps.map((step) => step * 10 ** decade));
  const first = all.findLastIndex((tick) => tick <= low);
  const last = all.findIndex((tick) => tick >= high);
  return all.slice(Math.max(0, first), (last < 0 ? all.length - 1 : last) + 1);
}
