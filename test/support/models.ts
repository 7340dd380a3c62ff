/** The models that tests iterate over: the rows of the catalog, so that a new model is tested once it is added. */

import { obstacleInWords } from '../../bench/report/text/obstacles.js';
import { type Demand, readMachine } from '../../lib/catalog/ceilings.js';
import { CATALOG, type ServerModel } from '../../lib/catalog/models.js';

const machine = readMachine();

/** Every model that keeps accounts: all except the control, which is intentionally minimal. */
export const ACCOUNTING: readonly ServerModel[] = CATALOG.filter((model) => model.accounts);

/** Models whose workers are loops, each for any number of connections. */
export const LOOPS: readonly ServerModel[] = CATALOG.filter(
  (model) => model.topology === 'one loop' && model.workers !== null,
);

/** Models whose workers serve one connection until it ends. */
export const POOLS: readonly ServerModel[] = CATALOG.filter((model) => model.serial);

/** The given number, or at most 4 if each connection needs a Worker. */
export function affordable(model: ServerModel, connections: number): number {
  return model.topology === 'Worker per connection' ? Math.min(connections, 4) : connections;
}

/** Converts `workers` to the processes and loops of the model. */
export function workersOf(model: ServerModel, workers: number) {
  return {
    processes: model.workers === 'processes' ? workers : 1,
    loops: model.workers === 'threads' ? workers : 1,
  };
}

const MODEST: Demand = {
  connections: 50,
  idle: 0,
  processes: 1,
  loops: 8,
  backlog: 512,
  accept: 'shared',
  barrier: false,
};

/** For tap: why the model can't run on this machine, or false. */
export function skipOf(model: ServerModel, demand: Partial<Demand> = {}): string | false {
  for (const limit of model.limits) {
    const reason = limit({ ...MODEST, ...demand }, machine);
    if (reason !== null) return obstacleInWords(reason);
  }
  return false;
}

/** Why lowering the limit of descriptors later has no effect on the model; false if it has. */
export function limitIsFixed(model: ServerModel): string | false {
  if (model.topology === 'process per connection') return 'each connection has its own table';
  return (
    model.engine === 'proactor' && 'a multishot accept keeps the limit of when it was asked for'
  );
}
