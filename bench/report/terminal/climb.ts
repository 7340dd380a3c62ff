/** The results of a ramp, one line per server, and a line of published figures. */

import { loadNamed } from '../../plan/ramp.js';
import type { Service } from '../../services/service.js';
import type { Climb } from '../../statistics/climb.js';
import { outcomeOf } from '../text/climb.js';
import { namesOf } from '../text/server-name.js';
import { publishedLine } from './published.js';
import type { Colors } from './terminal.js';

export function climbLines(
  climbs: readonly Climb[],
  raised: string,
  { name, wording, published }: Pick<Service, 'name' | 'wording' | 'published'>,
  color: Colors,
): string {
  const servers = climbs.map(({ server }) => server);
  const nameOf = namesOf(servers);
  const load = loadNamed(name, raised);
  const others = raised === 'connections' ? publishedLine(servers, published, color) : '';
  return [
    ...climbs.map(
      (climb) => `${color.bold(nameOf(climb.server))} ${outcomeOf(climb, load, wording)}`,
    ),
    ...(others === '' ? [] : [others]),
  ].join('\n');
}
