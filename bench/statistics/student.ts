/** Quantiles of Student's t distribution. Pure. */
import jstat from 'jstat';

/** The two-sided critical value: |T| exceeds it with probability `alpha`. */
export function criticalT(alpha: number, freedom: number): number {
  const { normal, studentt } = jstat.jStat;
  const share = 1 - alpha / 2;
  return freedom === Number.POSITIVE_INFINITY
    ? normal.inv(share, 0, 1)
    : studentt.inv(share, freedom);
}
