/** The schema of latencies: percentiles, and histograms that can be merged. */

import { z } from 'zod';
import { number, type Of, text } from './parts.js';

/** Latencies in microseconds. */
export const percentiles = z.object({
  p50: number,
  p90: number,
  p99: number,
  p999: number,
  max: number,
});

/** Percentiles, and the histogram in HDR's compressed encoding, needed to merge trials. */
export const distribution = percentiles.extend({ histogram: text });

export type Percentiles = Of<typeof percentiles>;
export type Distribution = Of<typeof distribution>;
