/**
 * Other activity on the machine during a trial: CPU time of other processes and of the hypervisor,
 * frequency, throttling. See proc(5).
 */

import { join } from 'node:path';
import type { Frequency, MachineLoad, Throttling } from '../schema/machine-load.js';
import { sum, sumOf } from '../sums.js';
import { ownGroupAndAncestors } from './cgroup.js';
import { parseCpuStat } from './control-group.js';
import { allowedCpus } from './cpus.js';
import { readText, TICK_US } from './procfs.js';

export type { MachineLoad };

/** CPU time of all CPUs since boot, in seconds. */
interface CpuTimes {
  readonly busy: number;
  readonly idle: number;
  /** Ready to run while the hypervisor ran something else. */
  readonly steal: number;
}

/** One reading. Null: the kernel doesn't show the value. */
export interface MachineReading {
  /** Seconds on a monotonic clock. */
  readonly at: number;
  readonly cpu: CpuTimes | null;
  /** CPU time of this process, in seconds. */
  readonly ownS: number;
  /** Running or ready processes, averaged over the last minute. */
  readonly loadAverage: number | null;
  readonly frequency: Frequency | null;
  readonly throttling: Throttling | null;
}

/** The first line of /proc/stat: user, nice, system, idle, iowait, irq, softirq, steal, … */
export function parseCpuTimes(stat: string | null): CpuTimes | null {
  const ticks = stat
    ?.match(/^cpu +(\d[\d ]*)$/m)?.[1]
    ?.split(' ')
    .map(Number);
  if (ticks === undefined || ticks.length < 8) return null;
  const seconds = (...columns: readonly number[]) =>
    sumOf(columns, (column) => ticks[column] ?? 0) * (TICK_US / 1e6);
  return { busy: seconds(0, 1, 2, 5, 6), idle: seconds(3, 4), steal: seconds(7) };
}

/** The first number of /proc/loadavg. */
export function parseLoadAverage(text: string | null): number | null {
  const average = text?.match(/^(\d+\.\d+) /)?.[1];
  return average === undefined ? null : Number(average);
}

/** `cpu MHz` of each processor in /proc/cpuinfo; only on x86. */
export function parseMhz(cpuinfo: string | null): readonly number[] {
  return [...(cpuinfo ?? '').matchAll(/^cpu MHz\s*: (\d+(?:\.\d+)?)$/gm)].map(([, mhz]) =>
    Number(mhz),
  );
}

export function frequencyOf(mhz: readonly number[]): Frequency | null {
  if (mhz.length === 0) return null;
  return { minMhz: Math.min(...mhz), meanMhz: sum(mhz) / mhz.length, maxMhz: Math.max(...mhz) };
}

/** The sum over the cpu.stat of several groups, because each throttles its descendants. */
export function parseThrottling(stats: readonly (string | null)[]): Throttling | null {
  const known = stats.flatMap((stat) => {
    const periods = parseCpuStat(stat, 'nr_throttled');
    const microseconds = parseCpuStat(stat, 'throttled_usec');
    return periods === null || microseconds === null ? [] : { periods, microseconds };
  });
  if (known.length === 0) return null;
  const microseconds = sumOf(known, (one) => one.microseconds);
  return { periods: sumOf(known, (one) => one.periods), seconds: microseconds / 1e6 };
}

/** From cpufreq (kHz); otherwise, as in most virtual machines, from /proc/cpuinfo. */
function readFrequency(): Frequency | null {
  const scaling = allowedCpus().flatMap((cpu) => {
    const khz = readText(`/sys/devices/system/cpu/cpu${cpu}/cpufreq/scaling_cur_freq`);
    return khz === null ? [] : Number(khz) / 1000;
  });
  return frequencyOf(scaling.length > 0 ? scaling : parseMhz(readText('/proc/cpuinfo')));
}

/** Takes some ms on a machine with many CPUs: call it outside the measured window. */
export function readMachineLoad(): MachineReading {
  const { user, system } = process.cpuUsage();
  return {
    at: performance.now() / 1000,
    cpu: parseCpuTimes(readText('/proc/stat')),
    ownS: (user + system) / 1e6,
    loadAverage: parseLoadAverage(readText('/proc/loadavg')),
    frequency: readFrequency(),
    throttling: parseThrottling(
      ownGroupAndAncestors().map((group) => readText(join(group, 'cpu.stat'))),
    ),
  };
}

/** `knownS`: CPU seconds of the servers and clients between the readings; null: unknown. */
export function machineLoadBetween(
  before: MachineReading,
  after: MachineReading,
  knownS: number | null,
): MachineLoad {
  const seconds = after.at - before.at;
  const busyS = difference(before.cpu?.busy, after.cpu?.busy);
  const own = after.ownS - before.ownS;
  const worth = (used: number | null) => (used === null || seconds <= 0 ? null : used / seconds);
  return {
    seconds,
    stealShare: stealShare(before.cpu, after.cpu),
    busyCpus: worth(busyS),
    // The values are rounded differently, so the difference can be slightly negative.
    othersCpus: worth(busyS === null || knownS === null ? null : Math.max(0, busyS - own - knownS)),
    loadAverageBefore: before.loadAverage,
    loadAverageAfter: after.loadAverage,
    frequency: spanOf(before.frequency, after.frequency),
    throttling: throttlingBetween(before.throttling, after.throttling),
  };
}

function difference(before: number | undefined, after: number | undefined): number | null {
  return before === undefined || after === undefined ? null : after - before;
}

function stealShare(before: CpuTimes | null, after: CpuTimes | null): number | null {
  if (before === null || after === null) return null;
  const all = ({ busy, idle, steal }: CpuTimes) => busy + idle + steal;
  const passed = all(after) - all(before);
  return passed > 0 ? (after.steal - before.steal) / passed : null;
}

function spanOf(before: Frequency | null, after: Frequency | null): Frequency | null {
  if (before === null || after === null) return before ?? after;
  return {
    minMhz: Math.min(before.minMhz, after.minMhz),
    meanMhz: (before.meanMhz + after.meanMhz) / 2,
    maxMhz: Math.max(before.maxMhz, after.maxMhz),
  };
}

function throttlingBetween(before: Throttling | null, after: Throttling | null): Throttling | null {
  if (before === null || after === null) return null;
  return { periods: after.periods - before.periods, seconds: after.seconds - before.seconds };
}
