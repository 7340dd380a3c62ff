/**
 * CPU lists, in the format of cpuset(7) and taskset(1), and the split of CPUs between server and
 * client.
 */

import { parseField, readText } from './procfs.js';

/** The highest CPU number that Linux supports (CONFIG_NR_CPUS is at most 8192). */
const HIGHEST_CPU = 8191;

export interface CpuSplit {
  readonly server: readonly number[];
  readonly client: readonly number[];
  /** Both sides share the only CPU. */
  readonly shared: boolean;
}

function parseRange(range: string, list: string): readonly number[] {
  const [, from, to] = range.match(/^(\d+)(?:-(\d+))?$/) ?? [];
  if (from === undefined) {
    throw new Error(`CPU list '${list}': '${range}' is not a CPU (5) or a range (0-3)`);
  }
  const [low, high] = [Number(from), Number(to ?? from)];
  if (high < low) throw new Error(`CPU list '${list}': the range ${range} is descending`);
  if (high > HIGHEST_CPU) {
    throw new Error(`CPU list '${list}': ${high} is above ${HIGHEST_CPU}, the highest CPU number`);
  }
  return Array.from({ length: high - low + 1 }, (_, index) => low + index);
}

/** Parses `0-3,5` to 0, 1, 2, 3, 5: ascending, without duplicates. Throws if invalid. */
export function parseCpuList(list: string): readonly number[] {
  const cpus = list.split(',').flatMap((range) => parseRange(range.trim(), list.trim()));
  return [...new Set(cpus)].sort((a, b) => a - b);
}

/** The shortest notation: 0, 1, 2, 3, 5 → `0-3,5`. */
export function formatCpuList(cpus: readonly number[]): string {
  const ranges: { readonly low: number; high: number }[] = [];
  for (const cpu of [...new Set(cpus)].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last?.high === cpu - 1) last.high = cpu;
    else ranges.push({ low: cpu, high: cpu });
  }
  return ranges.map(({ low, high }) => (low === high ? `${low}` : `${low}-${high}`)).join(',');
}

/**
 * The allowed CPUs in /proc/PID/status that are `online`. A virtual machine's mask often includes
 * CPUs that are not plugged in, and sched_setaffinity(2) rejects a set of only those.
 */
export function parseAllowedCpus(status: string | null, online: string | null): readonly number[] {
  const list = parseField(status, 'Cpus_allowed_list');
  if (list === null) throw new Error('no Cpus_allowed_list in /proc/self/status');
  const present = online === null ? null : new Set(parseCpuList(online));
  return parseCpuList(list).filter((cpu) => present?.has(cpu) ?? true);
}

/** The CPUs that this process may run on, ascending. */
export function allowedCpus(): readonly number[] {
  return parseAllowedCpus(
    readText('/proc/self/status'),
    readText('/sys/devices/system/cpu/online'),
  );
}

/** The core of a CPU, identified by its first hardware thread; the CPU itself if unknown. */
export function coreOf(cpu: number): number {
  const siblings = readText(`/sys/devices/system/cpu/cpu${cpu}/topology/thread_siblings_list`);
  return siblings === null ? cpu : (parseCpuList(siblings)[0] ?? cpu);
}

/**
 * Splits CPUs: the first half for the server, the rest, including an odd one, for the client,
 * because a saturated client invalidates the trial. `core` keeps hardware threads of one core
 * together; otherwise, with the usual numbering (0-3 and their siblings 4-7), server and client
 * would share cores.
 */
export function splitCpus(
  allowed: readonly number[],
  core: (cpu: number) => number = (cpu) => cpu,
): CpuSplit {
  const cpus = [...allowed].sort((a, b) => core(a) - core(b) || a - b);
  if (cpus.length < 2) return { server: cpus, client: cpus, shared: true };
  const half = Math.floor(cpus.length / 2);
  return { server: cpus.slice(0, half), client: cpus.slice(half), shared: false };
}
