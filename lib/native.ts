/** The native addon: its classes and functions. The data they exchange is in native-data.ts. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type {
  Board,
  CountName,
  CpuTime,
  Listening,
  ListenOptions,
  LoadProgress,
  NamedOptions,
  NativeLoadSpec,
  ServerColumns,
  SparseCounts,
  StretchColumns,
  SubjectSpec,
  Switches,
  ThreadReport,
  TransferColumns,
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
  /** The rows added since the last call; each is returned once. */
  takeRows(): ServerColumns;
  takeTransfers(): TransferColumns;
  /** Closes all connections; resolves to the rows not yet taken. */
  stop(): Promise<ServerColumns>;
}

/** The memory that a forking server shares with this process. */
interface NativeForking {
  /** To be inherited: of the table of children, of the rows and of the transfers. */
  readonly descriptors: readonly [number, number, number];
  /** Of the children that have ended. */
  readonly ended: Switches;
  /** In the order of countNames. */
  totals(): Float64Array;
  /** The rows added since the last call; each is returned once. */
  takeRows(): ServerColumns;
  takeTransfers(): TransferColumns;
}

export interface NativeLoad {
  connected(): Promise<void>;
  go(at: number): void;
  drained(): Promise<void>;
  finish(): Promise<readonly ThreadReport[]>;
  abort(): void;
  progress(): LoadProgress;
}

/** A service for the connections of Workers. */
export interface NativeService {
  /** Its number in this process, by which a Worker's connection finds it. */
  readonly id: number;
  /** The transfers of its connections added since the last call. */
  takeTransfers(): TransferColumns;
  /** No connection may be made for it any more. */
  close(): void;
}

/** What a Worker needs to make its connection. */
export interface ConnectionSpec {
  /** Not closed. */
  readonly fd: number;
  /** When it was accepted, ns on CLOCK_MONOTONIC. */
  readonly opened: number;
  readonly address: string;
  readonly port: number;
  /** NativeService.id */
  readonly service: number;
  /** In shared memory, in the order of countNames. */
  readonly counters: BigUint64Array;
}

/** One connection with its session, served by a Worker with blocking calls. */
export interface NativeConnection {
  /** Receives once. The index of a close reason if the connection must end, otherwise null. */
  receive(): number | null;
  /** Sends the whole answer. The same. */
  flush(): number | null;
  shutdown(): void;
}

/** The calls of a Worker. */
export interface WorkerCalls {
  readonly Connection: new (spec: ConnectionSpec) => NativeConnection;
  /** CLOCK_MONOTONIC in ns. */
  now(): number;
}

interface Addon extends WorkerCalls {
  /** The compiler and optimization level, from predefined macros. */
  readonly build: string;
  readonly Server: new (spec: {
    readonly model: string;
    readonly service: NamedOptions;
    /** Assigned to the loops in turn. */
    readonly listeners: readonly number[];
    readonly loops: number;
    /** 0 or undefined: no limit. */
    readonly idleTimeoutNs?: number | undefined;
    readonly writeTimeoutNs?: number | undefined;
    readonly listsOpenings?: boolean | undefined;
    readonly listsTransfers?: boolean | undefined;
  }) => NativeServer;
  /** Throws what checkService() throws. */
  readonly Service: new (
    spec: NamedOptions,
    listsTransfers?: boolean,
  ) => NativeService;
  /** Throws if the service is unknown or one of its options wrong. */
  checkService(spec: NamedOptions): void;
  /** The numbers that every implementation of the service must share, by name. */
  serviceLimits(service: string): Readonly<Record<string, number>>;
  readonly Forking: new () => NativeForking;
  /** The number of the signal that stops a forking server. */
  readonly forkingStopSignal: number;
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
  /** The most transfers that a process keeps until they are taken. */
  readonly mostTransfers: number;
  /** The names of close reasons, by index. */
  readonly closeReasons: readonly string[];
  /** The delay before accept() is retried after descriptors or memory ran out. */
  readonly shortagePauseNs: number;
  /** The length after which the pattern repeats, and that of a view of it. */
  readonly patternPeriod: number;
  readonly patternView: number;
  /** A connection lingers for at most this time, and this many discarded bytes. */
  readonly lingerNs: number;
  readonly lingerBytes: number;
  /** A file of whole periods of the pattern. The caller must close it. */
  patternFile(): number;
  /** The caller must close the descriptors. */
  createBoard(threads: number): Board;
  /** Records values in ns in a histogram. */
  histogram(values: Float64Array): SparseCounts;
  listen(host: string, port: number, backlog: number, options?: ListenOptions): Listening;
  close(fd: number): void;
  shutdown(fd: number): void;
  /** Null once the listener is shut down. */
  accept(listener: number): Promise<Listening | null>;
  /** Whether accept() failed because descriptors or memory ran out. */
  isShortage(errno: number): boolean;
  setBlocking(fd: number): void;
  /** Time limits of blocking calls on the socket; 0: none. */
  limitWaits(fd: number, idleNs: number, writeNs: number): void;
  /**
   * CPU time used by the processes, or by the control group with this cpu.stat; `ns` is NaN if
   * unknown.
   */
  cpuTime(pids: readonly number[], statFile: string): CpuTime;
  setAffinity(cpus: readonly number[]): void;
  /** Whether this process may set this TCP congestion control for its sockets. */
  maySetCongestion(name: string): boolean;
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
/** The program of the forking server, which is built and shipped beside the addon. */
export const programPath: string = addonPath.replace(/\.node$/, '-fork');
export const native = require(addonPath) as Addon;
