/** Services as they are passed to servers. */
import type { NamedOptions } from '../../lib/native-data.js';

export const ECHO: NamedOptions = { name: 'echo', options: {} };

export const BULK: NamedOptions = { name: 'bulk', options: {} };

/** The bulk service with each of its sources. */
export const BULKS: readonly NamedOptions[] = ['memory', 'file'].map((source) => ({
  name: 'bulk',
  options: { source },
}));

/** For names of tests, e.g. `bulk source file`. */
export function nameOf({ name, options }: NamedOptions): string {
  return [name, ...Object.entries(options).map(([key, value]) => `${key} ${value}`)].join(' ');
}
