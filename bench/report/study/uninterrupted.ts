/** Why trials were not cut into slices, in words. */
import type { Uninterrupted } from '../../plan/cell.js';
import { listed } from '../text/phrases.js';
import type { Study } from './study.js';

export const WHY_UNINTERRUPTED: Readonly<Record<Uninterrupted, string>> = {
  'slices off': 'slices were turned off',
  'no duration': 'there is no duration, but a number of messages',
  'open loop': 'an open loop has a schedule that must not be cut',
  'immediate start': 'traffic begins as each connection opens',
  lifetimes: 'lifetimes are a schedule that must not be cut',
  'accept queue': 'connections wait in the accept queue and could not be drained',
  memory: 'the memory does not allow a second set of connections',
  control: 'the control cannot hold as many connections here',
  'control queue': 'connections wait in the control’s accept queue and could not be drained',
  'no server': 'the server was started by others',
};

/** Empty where every trial was sliced. */
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
