/** Resource limits and sysctls of this machine, see getrlimit(2), proc(5) and tcp(7). */

import { type CgroupLimits, readCgroupLimits } from './cgroup.js';
import { parseWhole, readText } from './procfs.js';

/** `unlimited` as a string, because JSON has no infinity; null: unknown. */
export type Limit = number | 'unlimited' | null;

interface ResourceLimit {
  readonly soft: Limit;
  readonly hard: Limit;
}

interface PortRange {
  readonly low: number;
  readonly high: number;
}

/** Null: this kernel lacks or hides the setting. */
export interface Limits {
  /**
   * RLIMIT_NOFILE. Node raises the soft limit to the hard limit at start; its children inherit
   * that.
   */
  readonly descriptors: ResourceLimit;
  /** RLIMIT_NPROC: processes and threads of one user; doesn't apply to root. */
  readonly processes: ResourceLimit;
  /** fs.nr_open: the maximum of RLIMIT_NOFILE. */
  readonly nrOpen: number | null;
  /** net.core.somaxconn: the maximum backlog of listen(2). */
  readonly somaxconn: number | null;
  readonly tcpMaxSynBacklog: number | null;
  /** Both bounds are included. */
  readonly ephemeralPorts: PortRange | null;
  /** 0 never, 1 always, 2 on loopback only. */
  readonly tcpTwReuse: number | null;
  readonly tcpMaxTwBuckets: number | null;
  readonly maxMapCount: number | null;
  readonly pidMax: number | null;
  readonly threadsMax: number | null;
  /**
   * 0 for everyone, 1 for privileged or io_uring_group only, 2 for no one; null before Linux 6.6.
   */
  readonly ioUringDisabled: number | null;
  readonly cgroup: CgroupLimits;
}

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
