/** Why trials were not sliced, in words. */
import type { Uninterrupted } from '../../plan/cell.js';
import { listed } from '../text/phrases.js';
import type { Study, StudyCell } from './study.js';

export const WHY_UNINTERRUPTED: Readonly<Record<Uninterrupted, string>> = {
  'slices off': 'slices were turned off',
  'no duration': 'the run has a number of messages and no duration',
  'open loop': 'the schedule of an open loop must not be interrupted',
  'immediate start': 'traffic begins as each connection opens',
  lifetimes: 'the schedule of lifetimes must not be interrupted',
  'long transfers': 'outstanding transfers would take longer than a slice',
  'accept queue': 'connections wait in the accept queue and could not be drained',
  memory: 'there is not enough memory for a second set of connections',
  control: 'the baseline cannot hold as many connections here',
  'control queue': 'connections wait in the baseline’s accept queue and could not be drained',
  'no server': 'the server was not started by c10k',
};

export function isSliced({ cell }: StudyCell): boolean {
  return cell.uninterrupted === null;
}

/** Empty if every trial was sliced. */
export function whyUninterrupted({ cells }: Study): string {
  const reasons = cells.flatMap(({ cell }) => cell.uninterrupted ?? []);
  const each = [...new Set(reasons)].map((reason) => {
    const own = cells.filter(({ cell }) => cell.uninterrupted === reason);
    const names = [...new Set(own.map(({ series }) => series.name))];
    return own.length === cells.length
      ? WHY_UNINTERRUPTED[reason]
      : `${WHY_UNINTERRUPTED[reason]} (${listed(names)})`;
  });
  return each.join('; ');
}
