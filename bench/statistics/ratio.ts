/** A ratio from its logarithms, with a 95 % interval: Student 1908, on values that are independent. Pure. */
import { mean, sampleStandardDeviation } from 'simple-statistics';
import type { Estimate } from './median.js';
import { criticalT, twoSidedP } from './student.js';

const ALPHA = 0.05;

/** The geometric mean of the ratios; null where there is none. */
export function ratioOf(logs: readonly number[]): Estimate | null {
  if (logs.length === 0) return null;
  const middle = mean([...logs]);
  if (logs.length < 2) return { median: Math.exp(middle), low: null, high: null };
  const margin = criticalT(ALPHA, logs.length - 1) * standardError(logs);
  return {
    median: Math.exp(middle),
    low: Math.exp(middle - margin),
    high: Math.exp(middle + margin),
  };
}

/** How probable a ratio at least as far from 1 is where there is no difference; 1 with fewer than two values. */
export function pOfRatio(logs: readonly number[]): number {
  if (logs.length < 2) return 1;
  const middle = mean([...logs]);
  const error = standardError(logs);
  if (error === 0) return middle === 0 ? 1 : 0;
  return twoSidedP(middle / error, logs.length - 1);
}

function standardError(logs: readonly number[]): number {
  return sampleStandardDeviation([...logs]) / Math.sqrt(logs.length);
}
