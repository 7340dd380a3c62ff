/** Others' figures for a ramp of connections, in one line. */

import { kindsOf, type Published } from '../../services/published.js';
import { whole } from '../../text/format.js';
import type { Colors } from './terminal.js';

/** Empty if no published figure concerns these servers. */
export function publishedLine(
  servers: readonly string[],
  published: readonly Published[],
  color: Colors,
): string {
  const ranges = kindsOf(servers, published).map((kind) => {
    const values = published.flatMap(({ connections }) => connections[kind] ?? []);
    return `${kind} ${whole(Math.min(...values))} to ${whole(Math.max(...values))}`;
  });
  if (ranges.length === 0) return '';
  return `${color.dim('published')} ${ranges.join(', ')} connections, on other machines: see the report`;
}
