/** The options of an experiment, and a cell: one combination of their values. */

import type { Demand } from '../../lib/catalog/ceilings.js';
import type { ServerModel } from '../../lib/catalog/models.js';
import type { Cell, Uninterrupted } from '../schema/cell.js';
import type { ServiceLoad } from '../services/service.js';
import type { Stopping } from './stopping.js';

export type { Cell, Uninterrupted };

/** What follows from the options for one cell. */
type Derived =
  | keyof ServiceLoad
  | 'number'
  | 'server'
  | 'rate'
  | 'hosts'
  | 'loops'
  | 'uninterrupted'
  | 'skipped';

/** The options whose values a cell has one of. */
type Lists = 'connections' | 'idle' | 'workers' | 'clientThreads';

/** What drives the clients: a loop for each CPU drives all, or each has a thread or a process. */
export type ClientPool = 'loop' | 'threads' | 'processes';

/** The options of an experiment: one cell per combination of the lists' values. Times in ns. */
export interface ExperimentOptions extends Omit<Cell, Derived | Lists> {
  readonly servers: readonly string[];
  readonly connections: readonly number[];
  readonly idle: readonly number[];
  /** Target rates of an open loop: messages per second of all connections together; 0: closed loop. */
  readonly rates: readonly number[];
  readonly workers: readonly number[] | null;
  readonly trials: number;
  readonly stopping: Stopping;
  /** The combinations of the service's factors. */
  readonly loads: readonly ServiceLoad[];
  readonly clientPool: ClientPool;
  /** Per client process. Null: one per client CPU. */
  readonly clientThreads: number | null;
  readonly seed: number;
}

/** The number of processes, and of loops in each, for `workers` workers of a model. */
export function shapeOf(model: ServerModel | null, workers: number, processes: number) {
  return {
    workers,
    hosts: processes * (model?.workers === 'processes' ? workers : 1),
    loops: model?.workers === 'threads' ? workers : 1,
  };
}

/** The resources that a cell needs. */
export function demandOf(
  cell: Pick<Cell, 'connections' | 'idle' | 'hosts' | 'loops' | 'backlog' | 'accept' | 'start'>,
): Demand {
  return {
    connections: cell.connections + cell.idle,
    idle: cell.idle,
    processes: cell.hosts,
    loops: cell.loops,
    backlog: cell.backlog,
    accept: cell.accept,
    barrier: cell.start === 'barrier',
  };
}
