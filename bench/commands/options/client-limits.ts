/** The limits of `--client-processes` and `--client-threads`. */
import { clientObstacle, type Machine } from '../../../lib/catalog/ceilings.js';
import { readLimits } from '../../../lib/system/limits.js';
import { availableMemory } from '../../../lib/system/procfs.js';
import { UsageError } from '../../cli/usage-error.js';
import type { ClientPool } from '../../plan/cell.js';
import { obstacleInWords } from '../../report/text/obstacles.js';

export const MOST_PROCESSES = 1000;

interface Asked {
  readonly clientProcesses: number;
  readonly clientThreads?: number;
  readonly clientPool: ClientPool;
  readonly conns: readonly number[];
}

/** Throws UsageError for more processes than the machine, by default this one, can run. */
export function refuseUnaffordable(
  { clientProcesses, clientThreads = 1, clientPool, conns }: Asked,
  machine: Pick<Machine, 'limits' | 'availableMemory'> = {
    limits: readLimits(),
    availableMemory: availableMemory(),
  },
): void {
  const clients = Math.max(...conns);
  const isPool = clientPool === 'processes';
  if (isPool && clients > MOST_PROCESSES)
    throw new UsageError(
      `--client-pool processes: ${clients} clients; allowed: up to ${MOST_PROCESSES}`,
    );
  const obstacle = clientObstacle(isPool ? clients : clientProcesses, clientThreads, machine);
  if (obstacle === null) return;
  const option = isPool ? '--client-pool processes' : `--client-processes ${clientProcesses}`;
  throw new UsageError(
    `${option}: ${obstacleInWords(obstacle)}; allowed: fewer processes or threads`,
  );
}
