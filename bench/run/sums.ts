/** Sums and ratios of what was measured. Pure. */

export function sum<T>(items: readonly T[], get: (item: T) => number): number {
  return items.reduce((total, item) => total + get(item), 0);
}

/** Null where there is nothing to divide by. */
export function ratio(a: number, b: number | null): number | null {
  return b === null || b === 0 ? null : a / b;
}
