/** Other load on the machine during a trial. Pure. */
import { type MachineLoad, machineLoadBetween } from '../../lib/system/machine-load.js';
import type { Evidence } from './evidence.js';

/** Null if the trial was aborted before the second reading. */
export function machineLoadOf({
  machineBefore,
  machineAfter,
  ownCpuS = null,
}: Evidence): MachineLoad | null {
  if (!machineBefore || !machineAfter) return null;
  return machineLoadBetween(machineBefore, machineAfter, ownCpuS);
}
