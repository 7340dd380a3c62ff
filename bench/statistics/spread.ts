/** Percentiles of the latencies of several trials, from their merged histograms. Pure. */
import { type Distribution, mergeDistributions } from '../../lib/account/histogram.js';
import type { Spread } from '../schema/summary.js';

const UNKNOWN = { p50: null, p90: null, p99: null, p999: null, max: null };

export function spread(trials: readonly Distribution[]): Spread {
  return { unit: 'us', ...(mergeDistributions(trials) ?? UNKNOWN) };
}
