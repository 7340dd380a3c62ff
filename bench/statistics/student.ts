/** Quantiles of Student's t distribution. Pure. */
import { createRequire } from 'node:module';
import type jstat from 'jstat';

const require = createRequire(import.meta.url);

/** The two-sided critical value: |T| exceeds it with probability `alpha`. */
export function criticalT(alpha: number, freedom: number): number {
  // Loaded on demand, because it takes longer to load than Node.js to start.
  const { normal, studentt } = (require('jstat') as typeof jstat).jStat;
  const share = 1 - alpha / 2;
  return freedom === Number.POSITIVE_INFINITY
    ? normal.inv(share, 0, 1)
    : studentt.inv(share, freedom);
}
