/** What else the machine did during a trial. Pure. */
import { type MachineLoad, machineLoadBetween } from '../../lib/system/machine-load.js';
import type { Evidence } from './evidence.js';

/** Null where the trial broke off before its second reading. */
export function machineLoadOf({
  machineBefore,
  machineAfter,
  ownCpuS = null,
}: Evidence): MachineLoad | null {
  if (!machineBefore || !machineAfter) return null;
  return machineLoadBetween(machineBefore, machineAfter, ownCpuS);
}
