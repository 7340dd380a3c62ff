/** Resource limits and sysctls of this machine, see getrlimit(2), proc(5) and tcp(7). */

import type { Limit, Limits, PortRange, ResourceLimit } from '../schema/limits.js';
import { readCgroupLimits } from './cgroup.js';
import { parseWhole, readText } from './procfs.js';

export type { Limit, Limits };

function parseLimit(word: string | undefined): Limit {
  return word === 'unlimited' ? word : parseWhole(word ?? null);
}

/** Parses the row of /proc/PID/limits with this name, e.g. `Max open files`. */
export function parseResourceLimit(text: string | null, name: string): ResourceLimit {
  const row = text?.match(new RegExp(`^${name} {2,}(\\S+) +(\\S+)`, 'm'));
  return { soft: parseLimit(row?.[1]), hard: parseLimit(row?.[2]) };
}

export function parsePortRange(text: string | null): PortRange | null {
  const [, low, high] = text?.match(/^(\d+)\s+(\d+)\s*$/) ?? [];
  return low === undefined || high === undefined ? null : { low: Number(low), high: Number(high) };
}

export function portCount({ low, high }: PortRange): number {
  return high - low + 1;
}

function readSysctl(name: string): string | null {
  return readText(`/proc/sys/${name.replaceAll('.', '/')}`);
}

export function readLimits(): Limits {
  const resources = readText('/proc/self/limits');
  const sysctl = (name: string) => parseWhole(readSysctl(name));
  return {
    descriptors: parseResourceLimit(resources, 'Max open files'),
    processes: parseResourceLimit(resources, 'Max processes'),
    nrOpen: sysctl('fs.nr_open'),
    somaxconn: sysctl('net.core.somaxconn'),
    tcpMaxSynBacklog: sysctl('net.ipv4.tcp_max_syn_backlog'),
    ephemeralPorts: parsePortRange(readSysctl('net.ipv4.ip_local_port_range')),
    tcpTwReuse: sysctl('net.ipv4.tcp_tw_reuse'),
    tcpMaxTwBuckets: sysctl('net.ipv4.tcp_max_tw_buckets'),
    maxMapCount: sysctl('vm.max_map_count'),
    pidMax: sysctl('kernel.pid_max'),
    threadsMax: sysctl('kernel.threads-max'),
    ioUringDisabled: sysctl('kernel.io_uring_disabled'),
    cgroup: readCgroupLimits(),
  };
}
