/** What a trial gathers as it goes: whatever was reached before something broke is kept. */

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

export interface Evidence {
  readonly startedAt: Date;
  /** Instants in ms of performance.now(). */
  readonly marks: Partial<
    Record<'begin' | 'started' | 'connected' | 'accepted' | 'drained' | 'end', number>
  >;
  serverStarted?: number;
  kernelBefore?: KernelCounters;
  kernelAfter?: KernelCounters;
  timeWaitBefore?: number | null;
  machineBefore?: MachineReading;
  machineAfter?: MachineReading;
  /** CPU seconds of all servers and clients between the two readings of the machine; null: unknown. */
  ownCpuS?: number | null;
  serverMemory?: number | null;
  /** With no connection, and with all of them open. */
  heldBefore?: Held;
  heldAtPeak?: Held;
  clientMemoryAtPeak?: number | null;
  serverThreads?: number | null;
  /** Connections the server had accepted when the barrier opened, of those it was to hold. */
  acceptedBeforeGo?: { readonly accepted: number; readonly expected: number };
  /** Before any traffic, while the server has the time to answer; and when the window was over. */
  trafficStart?: ServerSnapshot | undefined;
  trafficEnd?: ServerSnapshot | undefined;
  /** At the ends of a traffic of so many messages, when the server has nothing to do. */
  cpuStart?: CpuTime;
  cpuEnd?: CpuTime;
  /** Between readings at the ends of a window whose instants are fixed. */
  window?: Stretch | undefined;
  /** Behind a gate: one stretch, or slices of the server and the control in turn. */
  stretches?: readonly Stretch[];
  /** What the control's client reports. */
  control?: LoadReport | undefined;
  /** Why the server ended before it was told to. */
  died?: string;
  controlDied?: string;
  load?: LoadReport | undefined;
  serverRows?: readonly ServerRow[];
}
