/** Values far from the others, named and kept: the modified z-score of Iglewicz and Hoaglin 1993. */
import { median } from 'simple-statistics';

/** Beyond this many scaled median deviations a value is an outlier, as the authors recommend. */
const THRESHOLD = 3.5;
const SCALE = 0.6745;
/** A spread below this share of the median is the machine's jitter: nothing in it stands out. */
const JITTER = 0.01;
const FEWEST = 5;

/** The positions of outliers; none in fewer than five values. */
export function outliers(values: readonly number[]): readonly number[] {
  if (values.length < FEWEST) return [];
  const middle = median([...values]);
  const deviations = values.map((value) => Math.abs(value - middle));
  const spread = Math.max(median(deviations), Math.abs(middle) * JITTER * SCALE);
  return deviations.flatMap((deviation, i) =>
    (SCALE * deviation) / spread > THRESHOLD ? [i] : [],
  );
}
