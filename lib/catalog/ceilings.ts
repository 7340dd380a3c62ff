/** What a plan must not exceed on this machine: worked out before the start, never met by a crash. */
import { native } from '../native.js';
import { type Limits, readLimits } from '../system/limits.js';
import { availableMemory } from '../system/procfs.js';
import { readUring, type Uring } from '../system/uring.js';

/** What a plan asks of a server. */
export interface Demand {
  /** Busy and idle together, all open at once. */
  readonly connections: number;
  readonly idle: number;
  readonly processes: number;
  /** Loops or pool workers in each process. */
  readonly loops: number;
  readonly backlog: number;
  readonly accept: 'shared' | 'reuseport';
  /** Every connection must be open before any is served. */
  readonly barrier: boolean;
}

/** What this machine has. */
export interface Machine {
  readonly limits: Limits;
  readonly availableMemory: number | null;
  readonly canUnshareDescriptors: boolean;
  readonly uring: Uring;
}

/** Why a demand can't be met, in plain words; null if it can. */
export type Limit = (demand: Demand, machine: Machine) => string | null;

export function readMachine(): Machine {
  return {
    limits: readLimits(),
    availableMemory: availableMemory(),
    canUnshareDescriptors: native.canUnshareDescriptors(),
    uring: readUring(),
  };
}

/** FD_SETSIZE less stdin, stdout, stderr, the listener and the stop event. */
export const SELECT_CONNECTIONS = 1024 - 5;

/** Descriptors that a process of c10k has besides its connections, generously. */
export const OWN_DESCRIPTORS = 64;

// A Worker's cost, measured with Node 20: mappings for its stack and heap spaces, and memory.
const MAPS_PER_WORKER = 40;
const BYTES_PER_WORKER = 8 * 1024 * 1024;
const OWN_MAPS = 1500;
const OWN_THREADS = 64;
/** A pthread has its stack and its guard page. */
const MAPS_PER_THREAD = 2;
const BYTES_PER_THREAD = 24 * 1024;

function exceeds(what: string, asked: number, allowed: number, reason: string): string | null {
  if (asked <= allowed) return null;
  return `${what} ${asked.toLocaleString('en')} asked, ${allowed.toLocaleString('en')} possible: ${reason}`;
}

/** The tightest of several bounds, with its reason; bounds that aren't known don't count. */
function tightest(
  bounds: readonly (readonly [number | null | 'unlimited', string])[],
): readonly [number, string] {
  return bounds.reduce<readonly [number, string]>(
    (least, [bound, reason]) =>
      typeof bound === 'number' && bound < least[0]
        ? [Math.max(0, Math.floor(bound)), reason]
        : least,
    [Number.POSITIVE_INFINITY, ''],
  );
}

function threadBounds({ limits }: Machine): (readonly [number | null | 'unlimited', string])[] {
  const less = (bound: number | null | 'unlimited') =>
    typeof bound === 'number' ? bound - OWN_THREADS : bound;
  return [
    [less(limits.pidMax), 'kernel.pid_max'],
    [less(limits.threadsMax), 'kernel.threads-max'],
    [less(limits.processes.soft), 'ulimit -u'],
    [less(limits.cgroup.pidsMax), "the control group's pids.max"],
  ];
}

function memoryBound(machine: Machine, bytes: number): number | null {
  return machine.availableMemory === null ? null : (machine.availableMemory * 0.8) / bytes;
}

function mapBound({ limits }: Machine, maps: number): number | null {
  return limits.maxMapCount === null ? null : (limits.maxMapCount - OWN_MAPS) / maps;
}

export const ceilings = {
  fdSetSize: ({ connections, processes, loops }, machine) => {
    if (!machine.canUnshareDescriptors)
      return 'unshare(CLONE_FILES) can’t be used here (seccomp, ThreadSanitizer)';
    const allowed = processes * loops * SELECT_CONNECTIONS;
    const workers = Math.ceil(connections / SELECT_CONNECTIONS / processes);
    const reason = `an fd_set holds descriptors below FD_SETSIZE (1024), ${SELECT_CONNECTIONS} connections a loop; try --workers ${workers}, or select-wide`;
    return exceeds('connections', connections, allowed, reason);
  },
  uring: (_, { uring }) => uring.obstacle,
  threads: ({ connections, processes }, machine) => {
    const [each, reason] = tightest([
      ...threadBounds(machine),
      [mapBound(machine, MAPS_PER_THREAD), 'vm.max_map_count'],
      [memoryBound(machine, BYTES_PER_THREAD), 'available memory'],
    ]);
    return exceeds('threads', connections, each * processes, reason);
  },
  workerThreads: ({ connections }, machine) => {
    const [allowed, reason] = tightest([
      ...threadBounds(machine),
      [
        mapBound(machine, MAPS_PER_WORKER),
        `vm.max_map_count, ${MAPS_PER_WORKER} mappings a Worker`,
      ],
      [memoryBound(machine, BYTES_PER_WORKER), 'available memory, 8 MB a Worker'],
    ]);
    return exceeds('Workers', connections, allowed, reason);
  },
  acceptQueue: (demand, { limits }) => {
    const { connections, idle, processes, loops, backlog, barrier } = demand;
    const workers = processes * loops;
    if (demand.accept === 'reuseport')
      return 'a worker with a queue of its own would keep it waiting for one connection; --accept shared';
    if (idle >= workers)
      return `${idle} idle connections would hold all ${workers} workers for good; try --workers ${idle + 1}`;
    if (!barrier) return null;
    const queue = Math.min(backlog, limits.somaxconn ?? backlog) + 1;
    const reason = `${workers} in service and ${queue} in the accept queue; try --workers or --start immediate`;
    return exceeds('connections', connections, workers + queue, reason);
  },
  descriptors: ({ connections, processes }, { limits }) => {
    const { hard } = limits.descriptors;
    if (typeof hard !== 'number') return null;
    const each = Math.ceil(connections / processes) + OWN_DESCRIPTORS;
    const enough = Math.ceil(connections / Math.max(1, hard - OWN_DESCRIPTORS));
    const reason = `the hard limit of descriptors in one process (ulimit -Hn); try --processes ${enough}`;
    return exceeds('descriptors in a server process:', each, hard, reason);
  },
} satisfies Record<string, Limit>;
