/** The readings and reports of a trial; after a failure, those collected before it. */

import type { ServerRow } from '../../lib/account/server-rows.js';
import type { Recorded, ServerTransfer } from '../../lib/account/transfers.js';
import type { LoadReport } from '../../lib/load/client.js';
import type { CpuTime } from '../../lib/native-data.js';
import type { ServerSnapshot } from '../../lib/server/server.js';
import type { KernelCounters } from '../../lib/system/kernel-counters.js';
import type { MachineReading } from '../../lib/system/machine-load.js';
import type { UntimedConnection } from '../services/untimed.js';
import type { Stretch } from './stretches.js';

/** Memory that grows with the connections, in bytes. */
export interface Held {
  /** The server's own. */
  readonly server: number | null;
  /** The kernel's, for both ends: objects and buffers. */
  readonly kernel: number | null;
}

export type Mark = 'begin' | 'started' | 'connected' | 'accepted' | 'drained' | 'end';

/** The findings of a trial's phases; undefined if the phase was not reached. */
export interface Findings {
  readonly serverStarted?: number;
  readonly kernelBefore?: KernelCounters;
  readonly kernelAfter?: KernelCounters;
  readonly timeWaitBefore?: number | null;
  readonly machineBefore?: MachineReading;
  readonly machineAfter?: MachineReading;
  /** CPU seconds of all servers and clients between the two readings of the machine; null: unknown. */
  readonly ownCpuS?: number | null;
  readonly serverMemory?: number | null;
  /** Without connections, and with all of them open. */
  readonly heldBefore?: Held;
  readonly heldAtPeak?: Held;
  readonly clientMemoryAtPeak?: number | null;
  readonly serverThreads?: number | null;
  /** Connections that the server had accepted when the barrier opened, and how many it should have. */
  readonly acceptedBeforeGo?: { readonly accepted: number; readonly expected: number };
  /** Before any traffic, while the server is idle; and after the window. */
  readonly trafficStart?: ServerSnapshot | undefined;
  readonly trafficEnd?: ServerSnapshot | undefined;
  /** Before and after traffic with a fixed number of messages, while the server is idle. */
  readonly cpuStart?: CpuTime;
  readonly cpuEnd?: CpuTime;
  /** Between the readings at the ends of a window with fixed start and end. */
  readonly window?: Stretch | undefined;
  /** With a gate: one stretch, or alternating slices of server and control. */
  readonly stretches?: readonly Stretch[];
  /** The report of the control's client. */
  readonly control?: LoadReport | undefined;
  /** Why the server ended unexpectedly. */
  readonly died?: string;
  readonly controlDied?: string;
  readonly load?: LoadReport | undefined;
  readonly serverRows?: readonly ServerRow[];
  readonly serverTransfers?: Recorded<ServerTransfer>;
  /** The report of the client beside. */
  readonly beside?: LoadReport;
  /** The server's rows of its connections, which `serverRows` doesn't have. */
  readonly besideRows?: readonly ServerRow[];
  /** What the stage has done on the server's connections, beside the traffic. */
  readonly untimed?: readonly UntimedConnection[];
  /** The cap has ended the traffic. */
  readonly isCapped?: boolean;
  /** The type of the file system that holds the server's files; null: none, or unknown. */
  readonly fileSystem?: string | null;
  /** Completed transfers that left something wrong. */
  readonly wrongTransfers?: number;
}

export interface Evidence extends Findings {
  readonly startedAt: Date;
  /** Instants in ms of performance.now(). */
  readonly marks: Readonly<Partial<Record<Mark, number>>>;
}

/** A server process has died, and what it had not handed over is lost. */
export function hasLostRows({ died }: Evidence): boolean {
  return died !== undefined;
}
