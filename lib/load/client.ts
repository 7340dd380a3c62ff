/** The load generator: starts the client processes and controls them together. */

import { type ClientRow, rowsOf } from '../account/client-rows.js';
import { type Intervals, mergeIntervals, splitIntervals } from '../account/histogram.js';
import {
  type ClientTransfer,
  clientTransfers,
  mergeRecorded,
  type Recorded,
} from '../account/transfers.js';
import { native } from '../native.js';
import type {
  Board,
  ClientWindow,
  CpuSource,
  LoadProgress,
  NativeLoadSpec,
  ThreadReport,
} from '../native-data.js';
import { FIRST_INHERITED, type Remote, spawnRemote } from '../remote.js';
import { sumKnown, sumOf } from '../sums.js';
import { readPss } from '../system/procfs.js';
import type { ClientMethods } from './client-process.js';

/** The load on a server, from all client processes. Times in ns. */
export interface LoadSpec extends Omit<NativeLoadSpec, 'begin' | 'firstConnection' | 'board'> {
  readonly processes: number;
  readonly cpus: readonly number[];
}

export interface ThreadWindow extends ClientWindow {
  readonly process: number;
  readonly thread: number;
}

export interface LoadReport {
  readonly rows: readonly ClientRow[];
  /** Empty if they aren't recorded. */
  readonly transfers: Recorded<ClientTransfer>;
  /** Latencies of requests due in the measured window, per second, since the send. */
  readonly service: Intervals;
  /** The same since the due time; open loop only. */
  readonly response: Intervals;
  readonly windows: readonly ThreadWindow[];
}

export interface Client {
  /** The processes whose CPU time is read. */
  readonly cpuSource: CpuSource;
  readonly board: Board;
  /** All threads start to connect at the same time, which it returns: ns on CLOCK_MONOTONIC. */
  start(): Promise<number>;
  /** Resolves when every client is connected or has failed. */
  connected(): Promise<void>;
  /**
   * Opens the barrier in all threads at the same time, which it returns: `at` if it is in the
   * future.
   */
  go(at?: number): Promise<number>;
  /** Resolves when all messages have been sent and answered. */
  drained(): Promise<void>;
  /** Closes the idle connections and ends the processes. */
  finish(): Promise<LoadReport>;
  /** Closes all connections at once; finish() still reports. */
  abort(): Promise<void>;
  progress(): Promise<LoadProgress>;
  memory(): number | null;
  kill(): void;
}

/** The delay from a call to its start time, so that the call reaches every process in time. */
const NOTICE_NS = 5e6;
const NOTICE_PER_PROCESS_NS = 0.5e6;

/** The descriptors under which a client process inherits the board. */
const INHERITED_BOARD = { memoryFd: FIRST_INHERITED, gateFd: FIRST_INHERITED + 1 };

/** Starts the processes; they connect after start(). */
export async function startClient(spec: LoadSpec): Promise<Client> {
  const board = native.createBoard(spec.processes * spec.threads);
  const processes = Array.from({ length: spec.processes }, () =>
    spawnRemote<ClientMethods>(new URL('./client-process.js', import.meta.url), {
      name: 'client process',
      cpus: spec.cpus,
      descriptors: [board.memoryFd, board.gateFd],
    }),
  );
  try {
    await Promise.all(processes.map((one) => one.call('ready')));
  } catch (error) {
    for (const one of processes) one.kill();
    closeBoard(board);
    throw error;
  }
  return handleOf(processes, spec, board);
}

function closeBoard({ memoryFd, gateFd }: Board): void {
  native.close(memoryFd);
  native.close(gateFd);
}

/** The i-th of n nearly equal shares of `all`. */
function share(all: number, i: number, n: number): number {
  return Math.floor(all / n) + (i < all % n ? 1 : 0);
}

/** Splits the load among the processes. */
export function splitLoad(spec: LoadSpec, begin: number): readonly NativeLoadSpec[] {
  const { processes, cpus: _, ...common } = spec;
  const threads = processes * spec.threads;
  let firstConnection = 0;
  return Array.from({ length: processes }, (_, i) => {
    const connections = share(spec.connections, i, processes);
    const idle = share(spec.idle, i, processes);
    const board = { ...INHERITED_BOARD, threads, firstThread: i * spec.threads };
    const part = { ...common, begin, connections, idle, firstConnection, board };
    firstConnection += connections + idle;
    return part;
  });
}

function handleOf(
  processes: readonly Remote<ClientMethods>[],
  spec: LoadSpec,
  board: Board,
): Client {
  const all = <T>(work: (one: Remote<ClientMethods>, i: number) => Promise<T>) =>
    Promise.all(processes.map(work));
  const notice = NOTICE_NS + NOTICE_PER_PROCESS_NS * processes.length;
  Promise.all(processes.map((one) => one.ended)).then(() => closeBoard(board));
  return {
    cpuSource: { pids: processes.map(({ pid }) => pid), statFile: '' },
    board,
    start: async () => {
      const begin = native.now() + notice;
      const parts = splitLoad(spec, begin);
      await all((one, i) => one.call('start', parts[i] as NativeLoadSpec));
      return begin;
    },
    connected: async () => void (await all((one) => one.call('connected'))),
    go: async (wanted = 0) => {
      const at = Math.max(wanted, native.now() + notice);
      await all((one) => one.call('go', at));
      return at;
    },
    drained: async () => void (await all((one) => one.call('drained'))),
    finish: async () => {
      const reports = await all((one) => one.call('finish'));
      await all((one) => one.release());
      return merge(reports);
    },
    abort: async () => void (await all((one) => one.call('abort'))),
    progress: async () => addUp(await all((one) => one.call('progress'))),
    memory: () => sumKnown(processes.map(({ pid }) => readPss(pid))),
    kill: () => {
      for (const one of processes) one.kill();
    },
  };
}

function addUp(parts: readonly LoadProgress[]): LoadProgress {
  const add = (get: (part: LoadProgress) => number) => sumOf(parts, get);
  return {
    connected: add((part) => part.connected),
    open: add((part) => part.open),
    requests: add((part) => part.requests),
    payload: add((part) => part.payload),
    failures: add((part) => part.failures),
    retries: add((part) => part.retries),
    lastSecond: parts.flatMap((part) => part.lastSecond),
  };
}

function merge(reports: readonly (readonly ThreadReport[])[]): LoadReport {
  const threads = reports.flatMap((process, p) =>
    process.map((report, t) => ({ ...report, process: p, thread: t })),
  );
  return {
    rows: threads.flatMap(({ records, process, thread }) => rowsOf(records, process, thread)),
    transfers: mergeRecorded(threads.map(({ transfers }) => clientTransfers(transfers))),
    service: mergeIntervals(threads.map(({ service }) => splitIntervals(service))),
    response: mergeIntervals(threads.map(({ response }) => splitIntervals(response))),
    windows: threads.map(({ window, process, thread }) => ({ ...window, process, thread })),
  };
}
