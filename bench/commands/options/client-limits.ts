/** The limits of `--client-processes` and `--client-threads`. */
import { clientObstacle, type Machine } from '../../../lib/catalog/ceilings.js';
import { readLimits } from '../../../lib/system/limits.js';
import { availableMemory } from '../../../lib/system/procfs.js';
import { UsageError } from '../../cli/usage-error.js';
import { obstacleInWords } from '../../report/text/obstacles.js';

export const MOST_PROCESSES = 1000;
export const MOST_THREADS = 256;

interface Asked {
  readonly clientProcesses: number;
  readonly clientThreads?: number;
}

/** Throws UsageError for more processes than the machine, by default this one, can run. */
export function refuseUnaffordable(
  { clientProcesses, clientThreads = 1 }: Asked,
  machine: Pick<Machine, 'limits' | 'availableMemory'> = {
    limits: readLimits(),
    availableMemory: availableMemory(),
  },
): void {
  const obstacle = clientObstacle(clientProcesses, clientThreads, machine);
  if (obstacle === null) return;
  throw new UsageError(
    `--client-processes ${clientProcesses}: ${obstacleInWords(obstacle)}; allowed: fewer processes or threads`,
  );
}
