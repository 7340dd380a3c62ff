/**
 * The limits of each model on this machine, checked before the start so that no trial fails on
 * them.
 */
import { native } from '../native.js';
import type { Obstacle, ThreadLimit } from '../schema/obstacles.js';
import { type FileSystem, readFileSystem } from '../system/file-system.js';
import { type Limits, readLimits } from '../system/limits.js';
import { availableMemory } from '../system/procfs.js';
import { readUring, type Uring } from '../system/uring.js';

/** What a plan requires of a server. */
export interface Demand {
  /** Concurrent connections, busy and idle. */
  readonly connections: number;
  readonly idle: number;
  readonly processes: number;
  /** Loops or pool workers in each process. */
  readonly loops: number;
  readonly backlog: number;
  readonly accept: 'shared' | 'reuseport';
  /** All connections must be open before any is served. */
  readonly barrier: boolean;
}

/** The resources of this machine. */
export interface Machine {
  readonly limits: Limits;
  readonly availableMemory: number | null;
  readonly canUnshareDescriptors: boolean;
  readonly uring: Uring;
  /** By directory; those that are missing or unknown are not in it. */
  readonly fileSystems: Readonly<Record<string, FileSystem>>;
}

/** Returns why a demand can't be met; null if it can. */
export type Limit = (demand: Demand, machine: Machine) => Obstacle | null;

/** `directories`: those that trials will store files in. */
export function readMachine(directories: readonly string[] = []): Machine {
  return {
    limits: readLimits(),
    availableMemory: availableMemory(),
    canUnshareDescriptors: native.canUnshareDescriptors(),
    uring: readUring(),
    fileSystems: fileSystemsOf(directories),
  };
}

function fileSystemsOf(directories: readonly string[]): Machine['fileSystems'] {
  return Object.fromEntries(
    directories.flatMap((directory) => {
      const found = readFileSystem(directory);
      return found ? [[directory, found]] : [];
    }),
  );
}

/** FD_SETSIZE minus stdin, stdout, stderr, the listener and the stop event. */
export const SELECT_CONNECTIONS = 1024 - 5;

/** Upper bound of descriptors that a process of c10k uses besides its connections. */
export const OWN_DESCRIPTORS = 64;

// The cost of a Worker, measured with Node 20: memory mappings for its stack and heap spaces, and
// memory.
const MAPS_PER_WORKER = 40;
const BYTES_PER_WORKER = 8 * 1024 * 1024;
const OWN_MAPS = 1500;
const OWN_THREADS = 64;
/** A pthread has two mappings: stack and guard page. */
const MAPS_PER_THREAD = 2;
const BYTES_PER_THREAD = 24 * 1024;
/** Of a forked process: its own pages, page tables and kernel stack. */
const BYTES_PER_PROCESS = 256 * 1024;

/** Of a process of Node.js: its own threads, and the memory of a client process beside its connections. */
const NODE_THREADS = 11;
const BYTES_PER_CLIENT_PROCESS = 10 * 1024 * 1024;

type Bound = readonly [number | null | 'unlimited', ThreadLimit];

/**
 * Compares the threads needed per process with the lowest known bound; unknown bounds are ignored.
 */
function threadsExceed(
  of: 'thread' | 'Worker' | 'process',
  needed: number,
  processes: number,
  bounds: readonly Bound[],
): Obstacle | null {
  const known = bounds.flatMap(([bound, limit]) =>
    typeof bound === 'number' ? [{ each: Math.max(0, Math.floor(bound)), limit }] : [],
  );
  const [tightest] = known.sort((a, b) => a.each - b.each);
  if (tightest === undefined || needed <= tightest.each * processes) return null;
  return {
    kind: 'threads',
    of,
    needed,
    possible: tightest.each * processes,
    limit: tightest.limit,
  };
}

function threadBounds({ limits }: Pick<Machine, 'limits'>): Bound[] {
  const less = (bound: number | null | 'unlimited') =>
    typeof bound === 'number' ? bound - OWN_THREADS : bound;
  return [
    [less(limits.pidMax), 'kernel.pid_max'],
    [less(limits.threadsMax), 'kernel.threads-max'],
    [less(limits.processes.soft), 'RLIMIT_NPROC'],
    [less(limits.cgroup.pidsMax), 'pids.max'],
  ];
}

/** The rest is left to what can't be foreseen. */
const USABLE_MEMORY = 0.8;

/** Bytes of memory that trials may use; null: unknown. */
export function usableMemory({ availableMemory }: Pick<Machine, 'availableMemory'>): number | null {
  return availableMemory === null ? null : Math.floor(availableMemory * USABLE_MEMORY);
}

function memoryBound(machine: Pick<Machine, 'availableMemory'>, bytes: number): number | null {
  const usable = usableMemory(machine);
  return usable === null ? null : usable / bytes;
}

function mapBound({ limits }: Machine, maps: number): number | null {
  return limits.maxMapCount === null ? null : (limits.maxMapCount - OWN_MAPS) / maps;
}

/** Why so many client processes can't run here, with these threads in each; null if they can. */
export function clientObstacle(
  processes: number,
  threads: number,
  machine: Pick<Machine, 'limits' | 'availableMemory'>,
): Obstacle | null {
  const memory = memoryBound(machine, BYTES_PER_CLIENT_PROCESS);
  return (
    threadsExceed('thread', processes * (NODE_THREADS + threads), 1, threadBounds(machine)) ??
    threadsExceed('process', processes, 1, [[memory, 'available memory']])
  );
}

export const ceilings = {
  fdSetSize: ({ connections, processes, loops }, machine) => {
    if (!machine.canUnshareDescriptors) return { kind: 'descriptor tables are shared' };
    const possible = processes * loops * SELECT_CONNECTIONS;
    const workers = Math.ceil(connections / SELECT_CONNECTIONS / processes);
    return connections <= possible
      ? null
      : { kind: 'FD_SETSIZE', needed: connections, possible, workers };
  },
  uring: (_, { uring }) => uring.obstacle,
  threads: ({ connections, processes }, machine) =>
    threadsExceed('thread', connections, processes, [
      ...threadBounds(machine),
      [mapBound(machine, MAPS_PER_THREAD), 'vm.max_map_count'],
      [memoryBound(machine, BYTES_PER_THREAD), 'available memory'],
    ]),
  workerThreads: ({ connections }, machine) =>
    threadsExceed('Worker', connections, 1, [
      ...threadBounds(machine),
      [mapBound(machine, MAPS_PER_WORKER), 'vm.max_map_count'],
      [memoryBound(machine, BYTES_PER_WORKER), 'available memory'],
    ]),
  processes: ({ connections }, machine) =>
    threadsExceed('process', connections, 1, [
      ...threadBounds(machine),
      [memoryBound(machine, BYTES_PER_PROCESS), 'available memory'],
    ]),
  acceptQueue: (demand, { limits }) => {
    const { connections, idle, processes, loops, backlog, barrier } = demand;
    const workers = processes * loops;
    if (demand.accept === 'reuseport') return { kind: 'a queue for each worker' };
    if (idle >= workers) return { kind: 'idle connections hold all workers', idle, workers };
    if (!barrier) return null;
    const queue = Math.min(backlog, limits.somaxconn ?? backlog) + 1;
    return connections <= workers + queue
      ? null
      : { kind: 'accept queue', needed: connections, workers, queue };
  },
  descriptors: ({ connections, processes }, { limits }) => {
    const { hard } = limits.descriptors;
    if (typeof hard !== 'number') return null;
    const needed = Math.ceil(connections / processes) + OWN_DESCRIPTORS;
    const enough = Math.ceil(connections / Math.max(1, hard - OWN_DESCRIPTORS));
    return needed <= hard
      ? null
      : { kind: 'descriptors', needed, possible: hard, processes: enough };
  },
} satisfies Record<string, Limit>;
