/** Others' figures for a ramp of connections, in one line. */
import { whole } from '../../text/format.js';
import { kindsOf, PUBLISHED } from '../published/connections.js';
import type { Colors } from './terminal.js';

/** Empty if no published figure concerns these servers. */
export function publishedLine(servers: readonly string[], color: Colors): string {
  const ranges = kindsOf(servers).map((kind) => {
    const values = PUBLISHED.flatMap(({ connections }) => connections[kind] ?? []);
    return `${kind} ${whole(Math.min(...values))} to ${whole(Math.max(...values))}`;
  });
  if (ranges.length === 0) return '';
  return `${color.dim('published')} ${ranges.join(', ')} connections, on other machines: see the report`;
}
