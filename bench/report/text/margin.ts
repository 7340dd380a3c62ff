/** Ratios with their intervals as a margin. */
import type { Estimate } from '../../statistics/median.js';
import { fixed } from '../../text/format.js';

/** An interval is written as a margin if its ends are equally far from the value, within this share of the margin. */
const SKEW = 0.1;

/** 0.994 ±0.004, with as many places as the margin; 1.10 [0.51, 2.38] if it is asymmetric; only the value if there is no interval. */
export function withMargin(estimate: Estimate | null): string {
  if (estimate === null || estimate.low === null || estimate.high === null)
    return fixed(estimate?.median ?? null, 2);
  const { median, low, high } = estimate;
  const margin = (high - low) / 2;
  const places = margin < 0.01 ? 3 : 2;
  if (high - median > (1 + SKEW) * margin)
    return `${median.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`;
  return `${estimate.median.toFixed(places)} ±${margin.toFixed(places)}`;
}
