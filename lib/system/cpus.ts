/** Which CPUs there are and who gets which: the list format of cpuset(7), as taskset(1) takes it. */

import { parseField, readText } from './procfs.js';

/** Linux numbers CPUs below 8192 (CONFIG_NR_CPUS) at most. */
const HIGHEST_CPU = 8191;

export interface CpuSplit {
  readonly server: readonly number[];
  readonly client: readonly number[];
  /** Both sides run on the same CPU: there is only one. */
  readonly shared: boolean;
}

function parseRange(range: string, list: string): readonly number[] {
  const [, from, to] = range.match(/^(\d+)(?:-(\d+))?$/) ?? [];
  if (from === undefined) {
    throw new Error(`CPU list '${list}': '${range}' is neither a CPU (5) nor a range (0-3)`);
  }
  const [low, high] = [Number(from), Number(to ?? from)];
  if (high < low) throw new Error(`CPU list '${list}': the range ${range} runs backwards`);
  if (high > HIGHEST_CPU) {
    throw new Error(`CPU list '${list}': ${high} is above ${HIGHEST_CPU}, the highest CPU number`);
  }
  return Array.from({ length: high - low + 1 }, (_, index) => low + index);
}

/** `0-3,5` → 0, 1, 2, 3, 5: ascending, each once. Throws an Error that says what is wrong. */
export function parseCpuList(list: string): readonly number[] {
  const cpus = list.split(',').flatMap((range) => parseRange(range.trim(), list.trim()));
  return [...new Set(cpus)].sort((a, b) => a - b);
}

/** The shortest list: 0, 1, 2, 3, 5 → `0-3,5`. */
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
 * The CPUs in /proc/PID/status that are `online`: a virtual machine's mask often names CPUs that
 * might be plugged in one day, and sched_setaffinity(2) refuses a set of those.
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

/** The core of a CPU, named by its first hardware thread; the CPU itself where that isn't known. */
export function coreOf(cpu: number): number {
  const siblings = readText(`/sys/devices/system/cpu/cpu${cpu}/topology/thread_siblings_list`);
  return siblings === null ? cpu : (parseCpuList(siblings)[0] ?? cpu);
}

/**
 * The first half for the server, the rest for the client, and the odd one too: a client that
 * saturates spoils the trial. With `core`, threads of one core stay together, or else the usual
 * numbering (0-3 and their twins 4-7) would seat server and client on the same cores.
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
