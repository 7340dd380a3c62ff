/** Finds outliers, which are reported and kept: the modified z-score of Iglewicz and Hoaglin 1993. */
import { median } from 'simple-statistics';

/** Largest modified z-score of a value that is not an outlier, as the authors recommend. */
const THRESHOLD = 3.5;
const SCALE = 0.6745;
/** Deviations below this fraction of the median are the machine's jitter. */
const JITTER = 0.01;
const FEWEST = 5;

/** The indices of outliers; none with fewer than five values. */
export function outliers(values: readonly number[]): readonly number[] {
  if (values.length < FEWEST) return [];
  const middle = median([...values]);
  const deviations = values.map((value) => Math.abs(value - middle));
  const spread = Math.max(median(deviations), Math.abs(middle) * JITTER * SCALE);
  return deviations.flatMap((deviation, i) =>
    (SCALE * deviation) / spread > THRESHOLD ? [i] : [],
  );
}
