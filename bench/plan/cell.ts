/** What is measured: the options of an echo experiment, and one combination of them. */

import type { Demand } from '../../lib/catalog/ceilings.js';
import type { ServerModel } from '../../lib/catalog/models.js';
import type { Obstacle } from '../../lib/catalog/obstacles.js';
import type { Accept } from '../../lib/server/server.js';
import type { Lifetime, Message } from '../../lib/workload.js';
import type { Stopping } from './stopping.js';

/** What the experiment is asked to vary and to hold. Lists multiply. Times in ns. */
export interface EchoOptions {
  readonly servers: readonly string[];
  readonly connections: readonly number[];
  readonly idle: readonly number[];
  /** Open loop: messages per second, all connections together; 0: closed loop. */
  readonly rates: readonly number[];
  readonly arrival: 'constant' | 'poisson';
  readonly workers: readonly number[] | null;
  readonly processes: number;
  readonly trials: number;
  readonly stopping: Stopping;
  /** Messages per connection; 0: as many as the duration or the lifetime allow. */
  readonly repeat: number;
  readonly start: 'barrier' | 'immediate';
  readonly durationNs: number;
  readonly warmupNs: number;
  /** Whether trials with a duration alternate with the control, slice by slice. */
  readonly slices: 'on' | 'off';
  /** The server that the others are compared with: beside each, or once in each block. */
  readonly control: string;
  readonly timeoutNs: number;
  readonly lifetime: Lifetime;
  readonly messages: readonly Message[];
  readonly clientProcesses: number;
  /** Null: as many as the client has CPUs. */
  readonly clientThreads: number | null;
  readonly serverCpus: readonly number[];
  readonly clientCpus: readonly number[];
  readonly host: string;
  readonly port: number;
  readonly backlog: number;
  readonly accept: Accept;
  readonly seed: number;
}

/** One combination. */
export interface Cell
  extends Omit<
    EchoOptions,
    | 'servers'
    | 'connections'
    | 'idle'
    | 'rates'
    | 'messages'
    | 'workers'
    | 'trials'
    | 'stopping'
    | 'clientThreads'
    | 'seed'
  > {
  readonly number: number;
  readonly server: string;
  readonly service: 'echo';
  readonly connections: number;
  readonly idle: number;
  /** Messages per second asked for; 0: closed loop. */
  readonly rate: number;
  readonly message: Message;
  /** Of a message's text, on average. */
  readonly bytes: number;
  /** As `--workers` says: loops, pool threads or pool processes. */
  readonly workers: number;
  /** Server processes, and loops in each. */
  readonly hosts: number;
  readonly loops: number;
  readonly clientThreads: number;
  /** Why its trials are not sliced; null: they are. */
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
  | 'accept queue'
  | 'memory'
  /** The control can't hold as many connections here, … */
  | 'control'
  /** … or would leave some in its accept queue. */
  | 'control queue'
  | 'no server';

/** So many workers of a model, as processes with loops in each. */
export function shapeOf(model: ServerModel | null, workers: number, processes: number) {
  return {
    workers,
    hosts: processes * (model?.workers === 'processes' ? workers : 1),
    loops: model?.workers === 'threads' ? workers : 1,
  };
}

/** What a cell asks of a server. */
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
