/** Does a demand fit a model on this machine? */

import { ceilings, type Demand, type Limit, type Machine } from './ceilings.js';
import type { ServerModel } from './models.js';
import type { Obstacle } from './obstacles.js';

/** Why it doesn't; null if it does. */
export function obstacle(model: ServerModel, demand: Demand, machine: Machine): Obstacle | null {
  // A serial model holds as many descriptors as it has workers; its queue is the kernel's.
  const limits = model.serial ? model.limits : [...model.limits, ceilings.descriptors];
  return firstObstacle(limits, demand, machine);
}

/** That of the first of the limits that is exceeded; null if none is. */
export function firstObstacle(
  limits: readonly Limit[],
  demand: Demand,
  machine: Machine,
): Obstacle | null {
  for (const limit of limits) {
    const reason = limit(demand, machine);
    if (reason !== null) return reason;
  }
  return null;
}

export interface Capacity {
  /** Connections open at once, with the model's default workers in one process. */
  readonly connections: number;
  /** What stops one more. */
  readonly limitedBy: Obstacle | null;
}

const MOST = 1_000_000;

export function capacity(model: ServerModel, machine: Machine, backlog: number): Capacity {
  const workers = model.defaultWorkers;
  const reason = (connections: number) =>
    obstacle(
      model,
      {
        connections,
        idle: 0,
        processes: model.workers === 'processes' ? workers : 1,
        loops: model.workers === 'threads' ? workers : 1,
        backlog,
        accept: 'shared',
        barrier: true,
      },
      machine,
    );
  let fits = 0;
  let fails = MOST + 1;
  while (fails - fits > 1) {
    const middle = Math.floor((fits + fails) / 2);
    if (reason(middle) === null) fits = middle;
    else fails = middle;
  }
  return { connections: fits, limitedBy: reason(fits + 1) };
}
