/** Is what was measured known well enough? Pure. */
import type { Row } from './summarize.js';

/** Each cell's efficiency is known to within `share` of it, half the interval's width. */
export function isStable(rows: readonly Row[], share: number): boolean {
  return rows
    .filter((row) => row.skipped === null && row.valid > 0)
    .every(({ efficiency }) => {
      if (!efficiency || efficiency.low === null || efficiency.high === null) return false;
      return (efficiency.high - efficiency.low) / 2 <= share * efficiency.median;
    });
}
