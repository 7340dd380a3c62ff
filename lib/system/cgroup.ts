/** The limits that a container or a service manager sets: control groups v2, see cgroups(7). */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseWhole, readText } from './procfs.js';

/** Null: not set, or no control groups v2. */
export interface CgroupLimits {
  /** Processes and threads together. */
  readonly pidsMax: number | null;
  readonly memoryMaxBytes: number | null;
  /** CPU time per time, in CPUs: 1.5 is one and a half. Past it the kernel stops every thread. */
  readonly cpuQuota: number | null;
}

/** The quota in cpu.max, `QUOTA PERIOD` in microseconds; `max PERIOD` is none. */
export function parseCpuQuota(text: string | null): number | null {
  const [, quota, period] = text?.match(/^(\d+) (\d+)\s*$/) ?? [];
  return quota === undefined || period === undefined ? null : Number(quota) / Number(period);
}

/** Where control groups v2 are mounted, by the text of /proc/mounts; null: nowhere. */
export function parseCgroupMount(mounts: string | null): string | null {
  const path = mounts?.match(/^\S+ (\S+) cgroup2 /m)?.[1];
  return path?.replace(/\\(\d{3})/g, (_, octal) => String.fromCharCode(parseInt(octal, 8))) ?? null;
}

function cgroupMount(): string | null {
  return parseCgroupMount(readText('/proc/mounts'));
}

/** The directory of this process's own group, seen from here; null without control groups v2. */
export function ownGroup(
  mount = cgroupMount(),
  membership = readText('/proc/self/cgroup'),
): string | null {
  if (mount === null) return null;
  const own = lineage(mount, membership).at(-1);
  return own === undefined || existsSync(own) ? (own ?? null) : mount;
}

/** The directories of this process's group and of all above it, the highest first. */
export function ownLineage(): readonly string[] {
  const mount = cgroupMount();
  return mount === null ? [] : lineage(mount, readText('/proc/self/cgroup'));
}

/**
 * The group and all above it: a limit of one holds for those below. A path that a container can't
 * see does no harm: its files are missing, and its own group is then the mount itself.
 */
function lineage(mount: string, membership: string | null): readonly string[] {
  const path = membership?.match(/^0::(\/.*)$/m)?.[1];
  // `/..`: the group lies outside of this cgroup namespace.
  if (path === undefined || path.startsWith('/..')) return [];
  const names = path.split('/').filter(Boolean);
  return [mount, ...names.map((_, index) => join(mount, ...names.slice(0, index + 1)))];
}

/** The tightest limit from here to the root. `membership` is the text of /proc/self/cgroup. */
export function readCgroupLimits(
  mount = cgroupMount() ?? '/sys/fs/cgroup',
  membership = readText('/proc/self/cgroup'),
): CgroupLimits {
  const groups = lineage(mount, membership);
  const tightest = (file: string, parse: (text: string | null) => number | null) => {
    const set = groups.flatMap((group) => parse(readText(join(group, file))) ?? []);
    return set.length === 0 ? null : Math.min(...set);
  };
  return {
    pidsMax: tightest('pids.max', parseWhole),
    memoryMaxBytes: tightest('memory.max', parseWhole),
    cpuQuota: tightest('cpu.max', parseCpuQuota),
  };
}
