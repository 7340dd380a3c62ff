/** The control of a run, in words. */
import { CONTROL } from '../../../lib/catalog/models.js';
import type { Plan } from '../../plan/plan.js';
import { namesOf } from '../text/server-name.js';

/** As an apposition: “the control, …, ran beside it”. */
export function whatControlIs(plan: Pick<Plan, 'cells'>): string {
  const name = plan.cells[0]?.control ?? CONTROL;
  return name === CONTROL
    ? 'a minimal epoll echo without any of c10k’s structure or accounting'
    : `here ${namesOf(serversOf(plan))(name)}`;
}

/** Those under test and their control. */
export function serversOf({ cells }: Pick<Plan, 'cells'>): readonly string[] {
  return cells.flatMap(({ server, control }) => [server, control]);
}
