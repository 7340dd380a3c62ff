/** Checks whether a model can meet a demand on this machine. */

import type { Obstacle } from '../schema/obstacles.js';
import { ceilings, type Demand, type Limit, type Machine } from './ceilings.js';
import type { ServerModel } from './models.js';

/** Why the model can't meet the demand; null if it can. */
export function obstacle(model: ServerModel, demand: Demand, machine: Machine): Obstacle | null {
  // A worker of a serial model needs one descriptor, as does a process for one connection: waiting
  // connections stay in the kernel's accept queue.
  const one = model.serial || model.topology === 'process per connection';
  const limits = one ? model.limits : [...model.limits, ceilings.descriptors];
  return firstObstacle(limits, demand, machine);
}

/** The obstacle of the first exceeded limit; null if none. */
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
  /** Maximum concurrent connections, with the model's default workers in one process. */
  readonly connections: number;
  /** The limit that an additional connection would exceed. */
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
