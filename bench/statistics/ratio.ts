/** A ratio from its logarithms, with a 95 % interval: Student 1908, on values that are independent. Pure. */
import { mean, sampleStandardDeviation } from 'simple-statistics';
import type { Estimate } from './median.js';
import { criticalT } from './student.js';

const ALPHA = 0.05;

/** The geometric mean of the ratios; null where there is none. */
export function ratioOf(logs: readonly number[]): Estimate | null {
  if (logs.length === 0) return null;
  const middle = mean([...logs]);
  if (logs.length < 2) return { median: Math.exp(middle), low: null, high: null, level: null };
  const error = sampleStandardDeviation([...logs]) / Math.sqrt(logs.length);
  const margin = criticalT(ALPHA, logs.length - 1) * error;
  return {
    median: Math.exp(middle),
    low: Math.exp(middle - margin),
    high: Math.exp(middle + margin),
    level: 1 - ALPHA,
  };
}
