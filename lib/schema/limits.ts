/** The schema of this machine's resource limits: getrlimit(2), sysctls, control groups. */
import { z } from 'zod';
import { maybe, number, type Of } from './parts.js';

/** `unlimited` as a string, because JSON has no infinity; null: unknown. */
const limit = z.union([number, z.literal('unlimited')]).nullable();

const resourceLimit = z.object({ soft: limit, hard: limit });

/** Both bounds are included. */
const portRange = z.object({ low: number, high: number });

/** Null: not set, or no control groups v2. */
const cgroupLimits = z.object({
  /** Processes and threads together. */
  pidsMax: maybe,
  memoryMaxBytes: maybe,
  /** CPU time per elapsed time, in CPUs, e.g. 1.5. Above it the kernel throttles all threads. */
  cpuQuota: maybe,
});

/** Null: this kernel lacks or hides the setting. */
export const limits = z.object({
  /**
   * RLIMIT_NOFILE. Node raises the soft limit to the hard limit at start; its children inherit
   * that.
   */
  descriptors: resourceLimit,
  /** RLIMIT_NPROC: processes and threads of one user; doesn't apply to root. */
  processes: resourceLimit,
  ephemeralPorts: portRange.nullable(),
  /** fs.nr_open: the maximum of RLIMIT_NOFILE. */
  nrOpen: maybe,
  /** net.core.somaxconn: the maximum backlog of listen(2). */
  somaxconn: maybe,
  tcpMaxSynBacklog: maybe,
  /** 0 never, 1 always, 2 on loopback only. */
  tcpTwReuse: maybe,
  tcpMaxTwBuckets: maybe,
  maxMapCount: maybe,
  pidMax: maybe,
  threadsMax: maybe,
  /**
   * 0 for everyone, 1 for privileged or io_uring_group only, 2 for no one; null before Linux 6.6.
   */
  ioUringDisabled: maybe,
  cgroup: cgroupLimits,
});

export type Limit = Of<typeof limit>;
export type ResourceLimit = Of<typeof resourceLimit>;
export type PortRange = Of<typeof portRange>;
export type CgroupLimits = Of<typeof cgroupLimits>;
export type Limits = Of<typeof limits>;
