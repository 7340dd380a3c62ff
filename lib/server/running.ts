/** The seam between a host process and the server models it can run. */
import type { ServerColumns } from '../native.js';
import type { Counts } from './counts.js';

/** What a host process is asked to serve. */
export interface HostSpec {
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
  /** Closes every connection and gives the row of each. */
  stop(): Promise<ServerColumns>;
}

/** Starts a model on listening descriptors. */
export type StartModel = (
  listeners: readonly [number, ...number[]],
  spec: HostSpec,
) => RunningServer | Promise<RunningServer>;
