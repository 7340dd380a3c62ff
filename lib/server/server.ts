/** The interface of a server: its address and the processes that serve it. */

import type { Counts } from '../account/counts.js';
import type { ServerRow } from '../account/server-rows.js';
import type { Recorded, ServerTransfer } from '../account/transfers.js';
import type { CpuSource, CpuTime, NamedOptions, SocketOptions } from '../native-data.js';
import type { Listing, Timeouts } from './running.js';

export const ACCEPT = ['shared', 'reuseport'] as const;
export type Accept = (typeof ACCEPT)[number];

export interface ServerSpec extends Timeouts, Listing, SocketOptions {
  readonly model: string;
  readonly service: NamedOptions;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly backlog: number;
  /**
   * How loops share the port: one listener for all (the default), or one per loop (SO_REUSEPORT).
   */
  readonly accept?: Accept;
  readonly processes: number;
  /** The number of loops per process. */
  readonly loops: number;
  readonly cpus: readonly number[];
}

/**
 * Totals over all processes of the server. Counts are null and usage is NaN if a process has died.
 */
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
  /** When it started to listen, ns on CLOCK_MONOTONIC. */
  readonly started: number;
  /** Resolves when a process ends before the server is stopped. */
  readonly ended: Promise<Error>;
  /** Rejects if all processes have died or a loop has failed. */
  snapshot(): Promise<ServerSnapshot>;
  /** The rows added since the last call; each is returned once. */
  takeRows(): Promise<readonly ServerRow[]>;
  /** The transfers that takeRows() and stop() have fetched since the last call. */
  takeTransfers(): Recorded<ServerTransfer>;
  /** Null if the CPU time of all its processes can't be read. */
  cpuSource(): CpuSource | null;
  /** Reads the CPU time without involving the server, so a busy server doesn't delay it. */
  cpuTime(): CpuTime;
  /** Proportional set size (PSS) of all processes, in bytes. */
  memory(): number | null;
  /** Anonymous memory of all processes, in bytes. */
  ownMemory(): number | null;
  threads(): number | null;
  /**
   * Closes all connections, ends the processes and resolves to the rows not yet taken. Rows of a
   * dead process are lost; rejects if all have died. Further calls give the same result.
   */
  stop(): Promise<readonly ServerRow[]>;
  kill(): void;
}
