/** A ratio with a confidence interval, from independent logarithms: Student's t, 1908. Pure. */
import { mean, sampleStandardDeviation } from 'simple-statistics';
import type { Estimate } from './median.js';
import { ALPHA } from './simultaneous.js';
import { criticalT } from './student.js';

/** The geometric mean of the ratios; null if there are none. `alpha`: error rate of the interval. */
export function ratioOf(logs: readonly number[], alpha = ALPHA): Estimate | null {
  if (logs.length === 0) return null;
  const middle = mean([...logs]);
  if (logs.length < 2) return { median: Math.exp(middle), low: null, high: null, level: null };
  const error = sampleStandardDeviation([...logs]) / Math.sqrt(logs.length);
  const margin = criticalT(alpha, logs.length - 1) * error;
  return {
    median: Math.exp(middle),
    low: Math.exp(middle - margin),
    high: Math.exp(middle + margin),
    level: 1 - alpha,
  };
}
