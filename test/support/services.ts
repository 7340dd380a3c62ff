/** Services as servers are given them. */
import type { ServiceSpec } from '../../lib/native-data.js';

export const ECHO: ServiceSpec = { name: 'echo', options: {} };

export const BULK: ServiceSpec = { name: 'bulk', options: {} };

/** The bulk service from each of its sources. */
export const BULKS: readonly ServiceSpec[] = ['memory', 'file'].map((from) => ({
  name: 'bulk',
  options: { from },
}));

/** For titles: `bulk from file`. */
export function nameOf({ name, options }: ServiceSpec): string {
  return [name, ...Object.entries(options).map(([key, value]) => `${key} ${value}`)].join(' ');
}
