/** The results of a ramp, one line per server. */
import type { LoadName } from '../../plan/ramp.js';
import type { Climb } from '../../statistics/climb.js';
import { outcomeOf } from '../text/climb.js';
import { namesOf } from '../text/server-name.js';
import type { Colors } from './terminal.js';

export function climbLines(climbs: readonly Climb[], raised: LoadName, color: Colors): string {
  const nameOf = namesOf(climbs.map(({ server }) => server));
  return climbs
    .map((climb) => `${color.bold(nameOf(climb.server))} ${outcomeOf(climb, raised)}`)
    .join('\n');
}
