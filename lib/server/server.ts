/** A server as the experiment sees it: one listener, and the processes that serve it. */

import type { Counts } from '../account/counts.js';
import type { ServerRow } from '../account/server-rows.js';
import type { CpuSource, CpuTime } from '../native.js';
import type { Timeouts } from './running.js';

export const ACCEPT = ['shared', 'reuseport'] as const;
export type Accept = (typeof ACCEPT)[number];

export interface ServerSpec extends Timeouts {
  readonly model: string;
  readonly service: string;
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly backlog: number;
  /** How loops share the port: one listener for all (the default), or one for each (SO_REUSEPORT). */
  readonly accept?: Accept;
  readonly processes: number;
  /** Loops in each process. */
  readonly loops: number;
  readonly cpus: readonly number[];
}

/** All processes of the server together. Counts are null, and usage is NaN, where one of them has died. */
export interface ServerSnapshot {
  readonly total: Counts;
  readonly loops: readonly Counts[];
  readonly userUs: number;
  readonly systemUs: number;
  readonly voluntarySwitches: number;
  readonly involuntarySwitches: number;
}

export interface Server {
  readonly address: string;
  readonly port: number;
  readonly pids: readonly number[];
  /** When it began to listen, ns on CLOCK_MONOTONIC. */
  readonly started: number;
  /** Resolves when one of its processes has ended before it was stopped. */
  readonly ended: Promise<Error>;
  /** Rejects when all of its processes have died, or a loop has failed. */
  snapshot(): Promise<ServerSnapshot>;
  /** The rows of connections that have closed since the last call: each row is handed over once. */
  takeRows(): Promise<readonly ServerRow[]>;
  /** Null where no reading can account for all of its processes. */
  cpuSource(): CpuSource | null;
  /** Read from outside, and so at once however busy the server is. */
  cpuTime(): CpuTime;
  /** Proportional set size of all its processes, in bytes. */
  memory(): number | null;
  /** What of that is their own, in bytes. */
  ownMemory(): number | null;
  threads(): number | null;
  /**
   * Closes every connection, ends the processes, gives the rows that were not taken before. A process that has died
   * takes its own along; rejects when all have. A second call gives the same.
   */
  stop(): Promise<readonly ServerRow[]>;
  kill(): void;
}
