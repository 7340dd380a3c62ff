/** The control of a run, in words. */
import { CONTROL } from '../../../lib/catalog/models.js';
import type { Plan } from '../../plan/plan.js';
import { serverName } from '../text/server-name.js';

/** As an apposition: “the control, …, ran beside it”. */
export function whatControlIs({ cells }: Pick<Plan, 'cells'>): string {
  const name = cells[0]?.control ?? CONTROL;
  return name === CONTROL
    ? 'a minimal epoll echo without any of c10k’s structure or accounting'
    : `here ${serverName(name)}`;
}
