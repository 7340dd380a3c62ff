/** The results of a ramp, one line per server, and a line of published figures. */

import { loadNamed } from '../../plan/ramp.js';
import type { Service } from '../../services/service.js';
import type { RampResult } from '../../statistics/ramp-result.js';
import { outcomeOf } from '../text/ramp.js';
import { namesOf } from '../text/server-name.js';
import { publishedLine } from './published.js';
import type { Colors } from './terminal.js';

export function rampLines(
  results: readonly RampResult[],
  factor: string,
  { name, wording, published }: Pick<Service, 'name' | 'wording' | 'published'>,
  color: Colors,
): string {
  const servers = results.map(({ server }) => server);
  const nameOf = namesOf(servers);
  const load = loadNamed(name, factor);
  const others = factor === 'connections' ? publishedLine(servers, published, color) : '';
  return [
    ...results.map(
      (result) => `${color.bold(nameOf(result.server))} ${outcomeOf(result, load, wording)}`,
    ),
    ...(others === '' ? [] : [others]),
  ].join('\n');
}
