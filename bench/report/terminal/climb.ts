/** The results of a ramp, one line per server, and a line of published figures. */

import type { LoadName } from '../../plan/ramp.js';
import type { ServiceWording } from '../../services/wording.js';
import type { Climb } from '../../statistics/climb.js';
import { outcomeOf } from '../text/climb.js';
import { namesOf } from '../text/server-name.js';
import { publishedLine } from './published.js';
import type { Colors } from './terminal.js';

export function climbLines(
  climbs: readonly Climb[],
  raised: LoadName,
  wording: ServiceWording,
  color: Colors,
): string {
  const servers = climbs.map(({ server }) => server);
  const nameOf = namesOf(servers);
  const published = raised === 'connections' ? publishedLine(servers, color) : '';
  return [
    ...climbs.map(
      (climb) => `${color.bold(nameOf(climb.server))} ${outcomeOf(climb, raised, wording)}`,
    ),
    ...(published === '' ? [] : [published]),
  ].join('\n');
}
