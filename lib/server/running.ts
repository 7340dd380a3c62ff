/** The seam between a host process and the server models it can run. */

import type { Counts } from '../account/counts.js';
import type { ServerColumns } from '../native.js';

/** How long a connection may wait; 0 or undefined: without limit. */
export interface Timeouts {
  /** A connection from which nothing is received for this long is closed. */
  readonly idleTimeoutNs?: number | undefined;
  /** A connection whose peer takes nothing of an answer for this long is closed. */
  readonly writeTimeoutNs?: number | undefined;
}

/** What a host process is asked to serve. */
export interface HostSpec extends Timeouts {
  readonly model: string;
  readonly service: string;
  readonly backlog: number;
  /** Loops in this process. */
  readonly loops: number;
  /** Listeners that it inherited: one, or one for each loop. */
  readonly listeners: number;
}

/** A model at work in this process. */
export interface RunningServer {
  /** Counts of each loop so far. */
  counts(): readonly Counts[];
  /** The rows of connections that have closed since the last call: each row is handed over once. */
  takeRows(): ServerColumns;
  /** Closes every connection; gives the rows that were not taken before. */
  stop(): Promise<ServerColumns>;
}

/** Starts a model on listening descriptors. */
export type StartModel = (
  listeners: readonly [number, ...number[]],
  spec: HostSpec,
) => RunningServer | Promise<RunningServer>;
