/** The baseline of a run, in words. */
import { CONTROL } from '../../../lib/catalog/models.js';
import type { Plan } from '../../plan/plan.js';
import { namesOf } from '../text/server-name.js';

/** As an apposition: “the baseline, …, ran beside it”. */
export function whatControlIs(plan: Pick<Plan, 'cells'>): string {
  const name = plan.cells[0]?.control ?? CONTROL;
  return name === CONTROL
    ? 'a minimal epoll echo without abstraction or bookkeeping'
    : `here ${namesOf(serversOf(plan))(name)}`;
}

/** The servers under test and their baseline. */
export function serversOf({ cells }: Pick<Plan, 'cells'>): readonly string[] {
  return cells.flatMap(({ server, control }) => [server, control]);
}
