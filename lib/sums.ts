/** Sums, extremes and ratios of measured values. */

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

export function sumOf<T>(items: readonly T[], get: (item: T) => number): number {
  return items.reduce((total, item) => total + get(item), 0);
}

/** Null for an empty list. */
export function sumIfAny(values: readonly number[]): number | null {
  return values.length === 0 ? null : sum(values);
}

/** Null for an empty list. */
export function meanIfAny(values: readonly number[]): number | null {
  return ratio(sum(values), values.length);
}

/** Null for an empty list. Math.max() fails for a list of 200,000 values. */
export function maxIfAny(values: readonly number[]): number | null {
  return values.reduce<number | null>(
    (most, value) => (most === null || value > most ? value : most),
    null,
  );
}

/** Null if any value is null. */
export function sumKnown(values: readonly (number | null)[]): number | null {
  return values.reduce(
    (total, value) => (total === null || value === null ? null : total + value),
    0,
  );
}

/** Null if the divisor is null or 0. */
export function ratio(a: number, b: number | null): number | null {
  return b === null || b === 0 ? null : a / b;
}
