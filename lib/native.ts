/** The types of the native addon's interface. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Lifetime, Message } from './workload.js';

/** The non-empty buckets of one recorder, by ascending index; values in ns, at least 1. */
export interface SparseCounts {
  readonly index: Uint32Array;
  readonly count: Float64Array;
  /** The exact minimum and maximum in ns; 0 if nothing was recorded. */
  readonly min: number;
  readonly max: number;
}

/** Intervals as columns, for transfer from native code and between processes. */
export interface IntervalColumns {
  /** One entry per non-empty bucket, by second and then by index. */
  readonly intervalSecond: Uint32Array;
  readonly intervalIndex: Uint32Array;
  readonly intervalCount: Float64Array;
  /** One entry per second with recorded values, in order; minimum and maximum in ns. */
  readonly seconds: Uint32Array;
  readonly minima: Float64Array;
  readonly maxima: Float64Array;
}

/**
 * The counters of native/account/counters.h. `call…` count system calls; docs/terminology.md lists
 * which.
 */
export type CountName =
  | 'accepts'
  | 'refusals'
  | 'closes'
  | 'requests'
  | 'bytesIn'
  | 'bytesOut'
  | 'events'
  | 'again'
  | 'shortWrites'
  | 'acceptPauses'
  | 'callAccept'
  | 'callPeer'
  | 'callReceive'
  | 'callSend'
  | 'callWait'
  | 'callControl'
  | 'callClose'
  | 'callShutdown'
  | 'callThread';

export interface Listening {
  readonly fd: number;
  readonly address: string;
  readonly port: number;
}

/** A row per connection, a column each. Times are ns on CLOCK_MONOTONIC. */
export interface ServerColumns {
  readonly loop: Float64Array;
  /** Empty, with port 0, if the connection was reset before its address was read. */
  readonly remoteAddress: readonly string[];
  readonly remotePort: Float64Array;
  readonly opened: Float64Array;
  readonly closed: Float64Array;
  readonly requests: Float64Array;
  readonly bytesIn: Float64Array;
  readonly bytesOut: Float64Array;
  readonly closeReason: readonly string[];
}

/** A row per connection, a column each. Times are ns on CLOCK_MONOTONIC, durations ns; 0: never. */
export interface ClientColumns {
  readonly localAddress: readonly string[];
  readonly localPort: Float64Array;
  readonly idle: Float64Array;
  readonly opened: Float64Array;
  readonly connected: Float64Array;
  readonly closed: Float64Array;
  /** Since the connection was allowed to send: the barrier's opening, or its connect(). */
  readonly firstEcho: Float64Array;
  readonly lifetime: Float64Array;
  readonly requestsWanted: Float64Array;
  readonly requests: Float64Array;
  readonly bytesSent: Float64Array;
  readonly bytesReceived: Float64Array;
  readonly serviceSum: Float64Array;
  readonly serviceMin: Float64Array;
  readonly serviceMax: Float64Array;
  /** The kind of failure; empty if none. */
  readonly failure: readonly string[];
}

/** One client thread's measured window. */
export interface ClientWindow {
  /** When second 0 of the latencies began; 0: there was no traffic. */
  readonly secondsStart: number;
  readonly start: number;
  readonly end: number;
  readonly requests: number;
  /** Open loop: of the messages due in the window. Late: by more than 1 ms. */
  readonly sent: number;
  readonly late: number;
  readonly dropped: number;
  /** The time over which CPU time and context switches were counted. */
  readonly observedNs: number;
  readonly userNs: number;
  readonly systemNs: number;
  readonly voluntarySwitches: number;
  readonly involuntarySwitches: number;
}

export interface ThreadReport {
  readonly records: ClientColumns;
  readonly service: IntervalColumns;
  /** Empty in a closed loop. */
  readonly response: IntervalColumns;
  readonly window: ClientWindow;
}

export interface LoadProgress {
  readonly connected: number;
  readonly open: number;
  readonly requests: number;
  readonly failures: number;
  /** Latencies of the last whole second, one histogram per thread. */
  readonly lastSecond: readonly SparseCounts[];
}

/** The specification of one client process; see native/load/spec.h. */
export interface NativeLoadSpec {
  readonly host: string;
  readonly port: number;
  readonly sources: readonly string[];
  readonly connections: number;
  readonly idle: number;
  readonly threads: number;
  readonly firstConnection: number;
  /** 0: limited only by the duration or the lifetime. */
  readonly repeat: number;
  readonly barrier: boolean;
  readonly durationNs: number;
  readonly warmupNs: number;
  /**
   * The board's gate controls when to send and what is measured; a duration then only enables the
   * replacement of closed connections.
   */
  readonly gated?: boolean;
  readonly timeoutNs: number;
  /** Open loop: the mean time between one connection's messages; 0: closed loop. */
  readonly intervalNs: number;
  readonly poisson: boolean;
  readonly lifetime: Lifetime;
  readonly message: Message;
  readonly seed: number;
  readonly begin: number;
  readonly board?: Board & { readonly firstThread: number };
}

/**
 * Memory shared by client threads and the sampler, and the eventfd that wakes the threads:
 * native/load/board.h.
 */
export interface Board {
  readonly memoryFd: number;
  readonly gateFd: number;
  readonly threads: number;
}

/** A measured server and its client. */
export interface SubjectSpec {
  readonly board: Board;
  readonly server: CpuSource;
  readonly client: CpuSource;
}

/**
 * A row per period of traffic between two readings, a column per field; NaN: unknown. Times are ns
 * on CLOCK_MONOTONIC.
 */
export interface StretchColumns {
  /** The index of the measured subject. */
  readonly subject: Float64Array;
  /** When its traffic began. */
  readonly opened: Float64Array;
  readonly from: Float64Array;
  readonly to: Float64Array;
  /** When all requests were answered; NaN: not in time. */
  readonly drained: Float64Array;
  readonly connections: Float64Array;
  /**
   * Differences between the two readings: answers, CPU time of the server, the client and the idle
   * server.
   */
  readonly requests: Float64Array;
  readonly serverNs: Float64Array;
  readonly clientNs: Float64Array;
  readonly idleNs: Float64Array;
}

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

/** The processes whose CPU time is read. */
export interface CpuSource {
  readonly pids: readonly number[];
  /** The cpu.stat of a control group that counts all of them, including ended ones; empty: none. */
  readonly statFile: string;
}

/**
 * CPU time used by processes, in ns, and when it was read on CLOCK_MONOTONIC:
 * clock_getcpuclockid(3).
 */
export interface CpuTime {
  readonly at: number;
  readonly ns: number;
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
