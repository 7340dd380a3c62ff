/** Why trials were not sliced, in words. */

import type { Uninterrupted } from '../../plan/cell.js';
import type { ServiceWording } from '../../services/wording.js';
import { listed } from '../text/phrases.js';
import type { Study, StudyCell } from './study.js';

const REASONS: Readonly<Record<Exclude<Uninterrupted, 'no duration'>, string>> = {
  'slices off': 'slices were turned off',
  'open loop': 'the schedule of an open loop must not be interrupted',
  'immediate start': 'traffic begins as each connection opens',
  lifetimes: 'the schedule of lifetimes must not be interrupted',
  'long transfers': 'outstanding transfers would take longer than a slice',
  'accept queue': 'connections wait in the accept queue and could not be drained',
  memory: 'there is not enough memory for a second set of connections',
  client: 'the machine cannot run a second set of client processes',
  control: 'the baseline cannot hold as many connections here',
  'control queue': 'connections wait in the baseline’s accept queue and could not be drained',
  storage: 'the storage has no room for a second set of files',
  'no server': 'the server was not started by c10k',
};

export function whyInWords(reason: Uninterrupted, { message }: ServiceWording): string {
  return reason === 'no duration'
    ? `the run has a number of ${message.many} and no duration`
    : REASONS[reason];
}

export function isSliced({ cell }: StudyCell): boolean {
  return cell.uninterrupted === null;
}

/** Empty if every trial was sliced. */
export function whyUninterrupted({ cells, wording }: Study): string {
  const reasons = cells.flatMap(({ cell }) => cell.uninterrupted ?? []);
  const each = [...new Set(reasons)].map((reason) => {
    const own = cells.filter(({ cell }) => cell.uninterrupted === reason);
    const names = [...new Set(own.map(({ series }) => series.name))];
    return own.length === cells.length
      ? whyInWords(reason, wording)
      : `${whyInWords(reason, wording)} (${listed(names)})`;
  });
  return each.join('; ');
}
