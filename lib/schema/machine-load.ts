/** The schema of the activity on the machine during a trial. */
import { z } from 'zod';
import { maybe, number, type Of } from './parts.js';

const frequency = z.object({ minMhz: number, meanMhz: number, maxMhz: number });

/** How often and how long a control group was throttled by its CPU quota. */
const throttling = z.object({ periods: number, seconds: number });

/** What happened between two readings. Null: unknown. */
export const machineLoad = z.object({
  seconds: number,
  /** The share of all CPUs' time stolen by the hypervisor. */
  stealShare: maybe,
  /** CPU time used by all processes and interrupts, in CPUs. */
  busyCpus: maybe,
  /** The part of that not used by this process or the servers and clients. */
  othersCpus: maybe,
  loadAverageBefore: maybe,
  loadAverageAfter: maybe,
  /** Over all CPUs and both readings: minimum, mean and maximum. */
  frequency: frequency.nullable(),
  throttling: throttling.nullable(),
});

export type Frequency = Of<typeof frequency>;
export type Throttling = Of<typeof throttling>;
export type MachineLoad = Of<typeof machineLoad>;
