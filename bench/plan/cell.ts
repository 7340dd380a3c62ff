/** The options of an experiment, and a cell: one combination of their values. */

import type { Demand } from '../../lib/catalog/ceilings.js';
import type { ServerModel } from '../../lib/catalog/models.js';
import type { Obstacle } from '../../lib/catalog/obstacles.js';
import type { Accept } from '../../lib/server/server.js';
import type { Lifetime } from '../../lib/workload.js';
import type { ServiceLoad } from '../services/service.js';
import type { Stopping } from './stopping.js';

/** The options of an experiment: one cell per combination of the lists' values. Times in ns. */
export interface ExperimentOptions {
  readonly service: string;
  readonly servers: readonly string[];
  readonly connections: readonly number[];
  readonly idle: readonly number[];
  /** Target rates of an open loop: messages per second of all connections together; 0: closed loop. */
  readonly rates: readonly number[];
  readonly arrival: 'constant' | 'poisson';
  readonly workers: readonly number[] | null;
  readonly processes: number;
  readonly trials: number;
  readonly stopping: Stopping;
  /** Messages per connection; 0: limited only by the duration or the lifetime. */
  readonly repeat: number;
  readonly start: 'barrier' | 'immediate';
  readonly durationNs: number;
  readonly warmupNs: number;
  /** Whether trials with a duration measure server and control in alternating slices. */
  readonly slices: 'on' | 'off';
  /** The server that the others are compared with: in slices beside each, or once in each block. */
  readonly control: string;
  /** Requests on one connection, after which its client takes a new one; 0: no limit. */
  readonly perConnection: number;
  /** Attempts of a client after its connection failed. */
  readonly retries: number;
  /** Time limit of a handshake and of an answer. */
  readonly timeoutNs: number;
  /** Time limit without progress of a request; 0: none. */
  readonly stallNs: number;
  readonly lifetime: Lifetime;
  /** The combinations of the service's factors. */
  readonly loads: readonly ServiceLoad[];
  readonly clientProcesses: number;
  /** Per client process. Null: one per client CPU. */
  readonly clientThreads: number | null;
  readonly serverCpus: readonly number[];
  readonly clientCpus: readonly number[];
  readonly host: string;
  readonly port: number;
  readonly backlog: number;
  readonly accept: Accept;
  /** TCP congestion control of both sides; null: the system's. */
  readonly congestion: string | null;
  readonly seed: number;
}

/** One combination of the options' values. */
export interface Cell
  extends Omit<
      ExperimentOptions,
      | 'servers'
      | 'connections'
      | 'idle'
      | 'rates'
      | 'loads'
      | 'workers'
      | 'trials'
      | 'stopping'
      | 'clientThreads'
      | 'seed'
    >,
    ServiceLoad {
  readonly number: number;
  readonly server: string;
  readonly connections: number;
  readonly idle: number;
  /** Target rate in messages per second; 0: closed loop. */
  readonly rate: number;
  /** As given with `--workers`: loops, pool threads or pool processes. */
  readonly workers: number;
  /** Server processes, and loops in each. */
  readonly hosts: number;
  readonly loops: number;
  readonly clientThreads: number;
  /** Why its trials are not sliced; null if they are. */
  readonly uninterrupted: Uninterrupted | null;
  /** Why it can't be run here; null if it can. */
  readonly skipped: Obstacle | null;
}

/** Why a trial is not cut into slices, with the control beside the server. */
export type Uninterrupted =
  | 'slices off'
  | 'no duration'
  | 'open loop'
  | 'immediate start'
  | 'lifetimes'
  | 'long transfers'
  | 'accept queue'
  | 'memory'
  /** This machine can't run as many client processes again for the control. */
  | 'client'
  /** The control can't hold as many connections here. */
  | 'control'
  /** The control would leave some connections in its accept queue. */
  | 'control queue'
  | 'no server';

/** The number of processes, and of loops in each, for `workers` workers of a model. */
export function shapeOf(model: ServerModel | null, workers: number, processes: number) {
  return {
    workers,
    hosts: processes * (model?.workers === 'processes' ? workers : 1),
    loops: model?.workers === 'threads' ? workers : 1,
  };
}

/** The service's load of a cell. */
export function loadIn({
  factors,
  serviceOptions,
  protocolOptions,
  exchangeBytes,
}: ServiceLoad): ServiceLoad {
  return { factors, serviceOptions, protocolOptions, exchangeBytes };
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
