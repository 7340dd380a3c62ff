/** The service of a server that runs outside an experiment. */
import type { NamedOptions } from '../../../lib/native-data.js';
import { UsageError } from '../../cli/usage-error.js';
import type { Halves } from '../../services/registry.js';
import { chosenService, type ServiceFlags } from './service.js';

export interface Served {
  readonly service: NamedOptions;
  readonly listsTransfers: boolean;
}

/** Throws UsageError if an option of the service has several values, or one is missing that it needs. */
export function servedBy(flags: ServiceFlags, halves: Halves): Served {
  const { name, loads, recordsTransfers, servedWith = {} } = chosenService(flags, halves);
  const all = loads(flags);
  const servedAs = all[0]?.servedAs ?? null;
  const [first = {}, ...others] = all.map(({ serviceOptions }) => serviceOptions);
  if (all.some((load) => load.servedAs !== servedAs))
    throw new UsageError(`--service ${name}: several servers; allowed: options for one`);
  const several = Object.keys(first).find((key) => others.some((one) => one[key] !== first[key]));
  if (several !== undefined) throw new UsageError(`--${several}: several values; allowed: one`);
  for (const [key, allowed] of servedAs === null ? Object.entries(servedWith) : [])
    if (first[key] === undefined) throw new UsageError(`--${key}: missing; allowed: ${allowed}`);
  return {
    service: { name: servedAs ?? name, options: first },
    listsTransfers: all.some(recordsTransfers),
  };
}
