/** The time of all traffic of a cell's trials; `> 180 s` where the cap ended it. */
import type { Row } from '../../statistics/summarize.js';
import { time } from '../../text/format.js';

export function totalTime({ completion, problems }: Row): string {
  if (completion?.totalS != null) return time(completion.totalS * 1e6);
  const capped = problems.flatMap((each) => (each.kind === 'cap exceeded' ? [each] : []));
  const [first] = capped;
  return first ? `> ${time(first.figures.capSeconds * 1e6)}` : time(null);
}
