/** The native addon: its classes and functions. The data they exchange is in native-data.ts. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type {
  Board,
  CountName,
  CpuTime,
  Listening,
  LoadProgress,
  NativeLoadSpec,
  ServerColumns,
  SparseCounts,
  StretchColumns,
  SubjectSpec,
  ThreadReport,
} from './native-data.js';

export interface NativeSampler {
  /** Reads a subject with a free gate at two times. */
  window(start: number, end: number): Promise<StretchColumns>;
  /** Shuts the gates of all subjects. */
  shut(): void;
  warmUp(eachNs: number): Promise<StretchColumns>;
  slices(eachNs: number): Promise<StretchColumns>;
  /** Ends the traffic. */
  over(): void;
  /** Makes the promises above resolve early. */
  stop(): void;
}

interface NativeServer {
  /** One array per loop, in the order of countNames. Rethrows the error that ended a loop early. */
  totals(): readonly Float64Array[];
  /** The connections closed since the last call; each row is returned once. */
  takeRows(): ServerColumns;
  /** Closes all connections; resolves to the rows not yet taken. */
  stop(): Promise<ServerColumns>;
}

export interface NativeLoad {
  connected(): Promise<void>;
  go(at: number): void;
  drained(): Promise<void>;
  finish(): Promise<readonly ThreadReport[]>;
  abort(): void;
  progress(): LoadProgress;
}

/** The blocking calls of a Worker. */
export interface BlockingCalls {
  /** The receive buffer size of every model. */
  readonly receiveBytes: number;
  /** Blocks. Bytes, 0 at the end, or -errno. */
  receive(fd: number, buffer: Uint8Array): number;
  /** Blocks. Bytes, or -errno. */
  send(fd: number, buffer: Uint8Array, offset: number, length: number): number;
  shutdown(fd: number): void;
  /** CLOCK_MONOTONIC in ns. */
  now(): number;
}

interface Addon extends BlockingCalls {
  /** The compiler and optimization level, from predefined macros. */
  readonly build: string;
  readonly Server: new (spec: {
    readonly model: string;
    readonly service: string;
    /** Assigned to the loops in turn. */
    readonly listeners: readonly number[];
    readonly loops: number;
    /** 0 or undefined: no limit. */
    readonly idleTimeoutNs?: number | undefined;
    readonly writeTimeoutNs?: number | undefined;
  }) => NativeServer;
  readonly Load: new (spec: NativeLoadSpec) => NativeLoad;
  readonly Sampler: new (spec: {
    readonly subjects: readonly SubjectSpec[];
    /** The CPUs on which the sampling thread may run; empty: all. */
    readonly cpus: readonly number[];
    readonly seed: number;
    readonly drainTimeoutNs: number;
  }) => NativeSampler;
  /** All CountNames, in the order of totals(). */
  readonly countNames: readonly CountName[];
  /** The delay before accept() is retried after descriptors or memory ran out. */
  readonly shortagePauseNs: number;
  /** The caller must close the descriptors. */
  createBoard(threads: number): Board;
  /** Records values in ns in a histogram. */
  histogram(values: Float64Array): SparseCounts;
  /** `reusePort`: several sockets can bind the port. */
  listen(host: string, port: number, backlog: number, reusePort?: boolean): Listening;
  close(fd: number): void;
  /** Null once the listener is shut down. */
  accept(listener: number): Promise<Listening | null>;
  /** Whether accept() failed because descriptors or memory ran out. */
  isShortage(errno: number): boolean;
  setBlocking(fd: number): void;
  /** Time limits after which receive() and send() return -EAGAIN; 0: none. */
  limitWaits(fd: number, idleNs: number, writeNs: number): void;
  /**
   * CPU time used by the processes, or by the control group with this cpu.stat; `ns` is NaN if
   * unknown.
   */
  cpuTime(pids: readonly number[], statFile: string): CpuTime;
  setAffinity(cpus: readonly number[]): void;
  canUnshareDescriptors(): boolean;
  /**
   * The set-up flags that the kernel accepts: `SINGLE_ISSUER | DEFER_TASKRUN`. Throws if io_uring
   * can't be used.
   */
  probeUring(): string;
}

const packageRoot = fileURLToPath(new URL('../..', import.meta.url));
const require = createRequire(import.meta.url);

export const addonPath: string = require('node-gyp-build').path(packageRoot);
export const native = require(addonPath) as Addon;
