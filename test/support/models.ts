/** The models that tests go through: the catalog's own rows, so that a new model is tested by being added. */

import { obstacleInWords } from '../../bench/report/text/obstacles.js';
import { type Demand, readMachine } from '../../lib/catalog/ceilings.js';
import { CATALOG, type ServerModel } from '../../lib/catalog/models.js';

const machine = readMachine();

/** Every model that keeps accounts: all but the control, which is raw on purpose. */
export const ACCOUNTING: readonly ServerModel[] = CATALOG.filter((model) => model.accounts);

/** Those whose workers are loops that share out any number of connections. */
export const LOOPS: readonly ServerModel[] = CATALOG.filter(
  (model) => model.topology === 'one loop' && model.workers !== null,
);

/** Those whose workers serve one connection to its end. */
export const POOLS: readonly ServerModel[] = CATALOG.filter((model) => model.serial);

/** As many as asked, but few where each costs a Worker. */
export function affordable(model: ServerModel, connections: number): number {
  return model.topology === 'Worker per connection' ? Math.min(connections, 4) : connections;
}

/** `workers` as processes and loops, as the model has them. */
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

/** Why a limit of descriptors that is lowered later says nothing; false where it does. */
export function limitIsFixed(model: ServerModel): string | false {
  if (model.topology === 'process per connection') return 'each connection has its own table';
  return (
    model.engine === 'proactor' && 'a multishot accept keeps the limit of when it was asked for'
  );
}
