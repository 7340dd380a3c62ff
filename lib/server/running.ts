/** The interface between a host process and the server models that it runs. */

import type { Counts } from '../account/counts.js';
import type { NamedOptions, ServerColumns, Switches, TransferColumns } from '../native-data.js';

/** Time limits of connections; 0 or undefined: no limit. */
export interface Timeouts {
  /** A connection from which nothing is received for this long is closed. */
  readonly idleTimeoutNs?: number | undefined;
  /** A connection whose peer takes no byte of an answer for this long is closed. */
  readonly writeTimeoutNs?: number | undefined;
}

/** What a server lists besides closed connections. */
export interface Listing {
  /** Each connection gets a row when it opens, too. Off unless set, because measured servers don't need it. */
  readonly listsOpenings?: boolean | undefined;
  /** Each transfer gets a row, if the service reports them. */
  readonly listsTransfers?: boolean | undefined;
}

/** The specification of a host process. */
export interface HostSpec extends Timeouts, Listing {
  readonly model: string;
  readonly service: NamedOptions;
  readonly backlog: number;
  /** The number of loops in this process. */
  readonly loops: number;
  /** The number of inherited listeners: one, or one per loop. */
  readonly listeners: number;
}

/** A running model in this process. */
export interface RunningServer {
  /** The counts of each loop so far. */
  counts(): readonly Counts[];
  /** The rows added since the last call; each is returned once. */
  takeRows(): ServerColumns;
  /** The transfers added since the last call, also after stop(). Those of the rows taken before are among them. */
  takeTransfers(): TransferColumns;
  /** Of the processes that it started and that have ended; absent if it starts none. */
  switchesOfEnded?(): Switches;
  /** Closes all connections; resolves to the rows not yet taken. */
  stop(): Promise<ServerColumns>;
}

/** Starts a model on listening descriptors. */
export type StartModel = (
  listeners: readonly [number, ...number[]],
  spec: HostSpec,
) => RunningServer | Promise<RunningServer>;
