/** Limits set by a container or a service manager: control groups v2, see cgroups(7). */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CgroupLimits } from '../schema/limits.js';
import { parseMountPath, parseWhole, readText } from './procfs.js';

/** Parses cpu.max: `QUOTA PERIOD` in microseconds; `max PERIOD` means no quota. */
export function parseCpuQuota(text: string | null): number | null {
  const [, quota, period] = text?.match(/^(\d+) (\d+)\s*$/) ?? [];
  return quota === undefined || period === undefined ? null : Number(quota) / Number(period);
}

/** The mount point of control groups v2 in the text of /proc/mounts; null: none. */
export function parseCgroupMount(mounts: string | null): string | null {
  const path = mounts?.match(/^\S+ (\S+) cgroup2 /m)?.[1];
  return path === undefined ? null : parseMountPath(path);
}

function cgroupMount(): string | null {
  return parseCgroupMount(readText('/proc/mounts'));
}

/** The directory of this process's group; null without control groups v2. */
export function ownGroup(
  mount = cgroupMount(),
  membership = readText('/proc/self/cgroup'),
): string | null {
  if (mount === null) return null;
  const own = groupAndAncestors(mount, membership).at(-1);
  return own === undefined || existsSync(own) ? (own ?? null) : mount;
}

/** The directories of this process's group and all its ancestors, the root first. */
export function ownGroupAndAncestors(): readonly string[] {
  const mount = cgroupMount();
  return mount === null ? [] : groupAndAncestors(mount, readText('/proc/self/cgroup'));
}

/**
 * The group and all its ancestors, because limits are inherited. Inside a container the path may
 * not exist; its files are then missing, and the container's group is the mount point itself.
 */
function groupAndAncestors(mount: string, membership: string | null): readonly string[] {
  const path = membership?.match(/^0::(\/.*)$/m)?.[1];
  // `/..`: the group is outside this cgroup namespace.
  if (path === undefined || path.startsWith('/..')) return [];
  const names = path.split('/').filter(Boolean);
  return [mount, ...names.map((_, index) => join(mount, ...names.slice(0, index + 1)))];
}

/** The lowest limits from this group to the root. `membership` is the text of /proc/self/cgroup. */
export function readCgroupLimits(
  mount = cgroupMount() ?? '/sys/fs/cgroup',
  membership = readText('/proc/self/cgroup'),
): CgroupLimits {
  const groups = groupAndAncestors(mount, membership);
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
