/** What is known of a trial: after a failure, what was found before it. */

import type { ServerRow } from '../../lib/account/server-rows.js';
import type { LoadReport } from '../../lib/load/client.js';
import type { CpuTime } from '../../lib/native.js';
import type { ServerSnapshot } from '../../lib/server/server.js';
import type { KernelCounters } from '../../lib/system/kernel-counters.js';
import type { MachineReading } from '../../lib/system/machine-load.js';
import type { Stretch } from './stretches.js';

/** Memory that connections can add to, in bytes. */
export interface Held {
  /** The server's own. */
  readonly server: number | null;
  /** The kernel's, for both ends: objects and buffers. */
  readonly kernel: number | null;
}

export type Mark = 'begin' | 'started' | 'connected' | 'accepted' | 'drained' | 'end';

/** What the phases of a trial find; a finding is missing where its phase was not reached. */
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
  /** With no connection, and with all of them open. */
  readonly heldBefore?: Held;
  readonly heldAtPeak?: Held;
  readonly clientMemoryAtPeak?: number | null;
  readonly serverThreads?: number | null;
  /** Connections the server had accepted when the barrier opened, of those it was to hold. */
  readonly acceptedBeforeGo?: { readonly accepted: number; readonly expected: number };
  /** Before any traffic, while the server has the time to answer; and when the window was over. */
  readonly trafficStart?: ServerSnapshot | undefined;
  readonly trafficEnd?: ServerSnapshot | undefined;
  /** At the ends of a traffic of so many messages, when the server has nothing to do. */
  readonly cpuStart?: CpuTime;
  readonly cpuEnd?: CpuTime;
  /** Between readings at the ends of a window whose instants are fixed. */
  readonly window?: Stretch | undefined;
  /** Behind a gate: one stretch, or slices of the server and the control in turn. */
  readonly stretches?: readonly Stretch[];
  /** What the control's client reports. */
  readonly control?: LoadReport | undefined;
  /** Why the server ended before it was told to. */
  readonly died?: string;
  readonly controlDied?: string;
  readonly load?: LoadReport | undefined;
  readonly serverRows?: readonly ServerRow[];
}

export interface Evidence extends Findings {
  readonly startedAt: Date;
  /** Instants in ms of performance.now(). */
  readonly marks: Readonly<Partial<Record<Mark, number>>>;
}
