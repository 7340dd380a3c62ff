/** This machine, with the file systems that a plan needs. */
import { type Machine, readMachine } from '../../lib/catalog/ceilings.js';
import type { ExperimentOptions } from '../plan/plan.js';
import { servedService } from '../services/registry.js';

type Loads = Pick<ExperimentOptions, 'service' | 'loads' | 'timeoutNs' | 'stallNs'>;

export function machineFor(parts: readonly Loads[]): Machine {
  return readMachine([...new Set(parts.flatMap(directoriesOf))]);
}

/** They don't depend on the numbers of connections and requests. */
function directoriesOf({ service, loads, timeoutNs, stallNs }: Loads): readonly string[] {
  return loads.flatMap((load) => {
    const { needs } = servedService({ service, ...load });
    const found = needs?.({ ...load, connections: 1, repeat: 1, timeoutNs, stallNs });
    return found ? [found.directory, found.shared.directory] : [];
  });
}
