/** The addon, typed: the whole of what C++ offers to TypeScript. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Lifetime, Message } from './workload.js';

/** The non-empty buckets of one recorder, by rising index; the values, in ns, are at least 1. */
export interface SparseCounts {
  readonly index: Uint32Array;
  readonly count: Float64Array;
  /** The exact extremes in ns, which the buckets don't keep; 0 if nothing was recorded. */
  readonly min: number;
  readonly max: number;
}

/** Intervals as they come from native code and cross processes: columns, not objects. */
export interface IntervalColumns {
  /** One entry for each non-empty bucket, by second and then by index. */
  readonly intervalSecond: Uint32Array;
  readonly intervalIndex: Uint32Array;
  readonly intervalCount: Float64Array;
  /** One entry for each second in which anything was recorded, in order; the extremes in ns. */
  readonly seconds: Uint32Array;
  readonly minima: Float64Array;
  readonly maxima: Float64Array;
}

/** The kinds of native/account/counters.h. `call…` are system calls: docs/terminology.md says which. */
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
  /** Empty, and port 0, where the connection was reset before its address was asked for. */
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
  /** From when the connection was free to send: the barrier, or its connect(). */
  readonly firstEcho: Float64Array;
  readonly lifetime: Float64Array;
  readonly requestsWanted: Float64Array;
  readonly requests: Float64Array;
  readonly bytesSent: Float64Array;
  readonly bytesReceived: Float64Array;
  readonly serviceSum: Float64Array;
  readonly serviceMin: Float64Array;
  readonly serviceMax: Float64Array;
  /** The kind of failure; empty if there was none. */
  readonly failure: readonly string[];
}

/** One client thread's measured window. */
export interface ClientWindow {
  /** When second 0 of the latencies began; 0: traffic never did. */
  readonly secondsStart: number;
  readonly start: number;
  readonly end: number;
  readonly requests: number;
  /** Open loop: of the messages that were due in the window. Late: by more than 1 ms. */
  readonly sent: number;
  readonly late: number;
  readonly dropped: number;
  /** How long the CPU time and the switches were counted. */
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
  /** Latencies of the last whole second, a histogram for each thread. */
  readonly lastSecond: readonly SparseCounts[];
}

/** What one client process is asked to do; src: native/load/spec.h. */
export interface NativeLoadSpec {
  readonly host: string;
  readonly port: number;
  readonly sources: readonly string[];
  readonly connections: number;
  readonly idle: number;
  readonly threads: number;
  readonly firstConnection: number;
  /** 0: as many as the duration or the lifetime allow. */
  readonly repeat: number;
  readonly barrier: boolean;
  readonly durationNs: number;
  readonly warmupNs: number;
  /** A gate on the board says when to send and what is measured; the duration then only means that closed connections are replaced. */
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

/** Memory that a load's threads share with whoever measures it, and what wakes them: native/load/board.h. */
export interface Board {
  readonly memoryFd: number;
  readonly gateFd: number;
  readonly threads: number;
}

/** A server and its client, as they are measured. */
export interface SubjectSpec {
  readonly board: Board;
  readonly server: CpuSource;
  readonly client: CpuSource;
}

/** A row per stretch of traffic between two readings, a column each; NaN: unknown. Instants are ns on CLOCK_MONOTONIC. */
export interface StretchColumns {
  /** Which of the subjects was served. */
  readonly subject: Float64Array;
  /** When its traffic began. */
  readonly opened: Float64Array;
  readonly from: Float64Array;
  readonly to: Float64Array;
  /** When everything was answered; NaN: not in time. */
  readonly drained: Float64Array;
  readonly connections: Float64Array;
  /** What lies between the two readings: answers, CPU time of the server, the client and the server that was idle. */
  readonly requests: Float64Array;
  readonly serverNs: Float64Array;
  readonly clientNs: Float64Array;
  readonly idleNs: Float64Array;
}

export interface NativeSampler {
  /** Readings of a subject whose gate is free, at two instants. */
  window(start: number, end: number): Promise<StretchColumns>;
  /** Shuts the gates of all subjects. */
  shut(): void;
  warmUp(eachNs: number): Promise<StretchColumns>;
  slices(eachNs: number): Promise<StretchColumns>;
  /** Ends the traffic. */
  over(): void;
  /** The promises above then resolve early. */
  stop(): void;
}

interface NativeServer {
  /** An array for each loop, in the order of countNames. Throws what ended a loop early. */
  totals(): readonly Float64Array[];
  /** Connections that have closed since the last call: each row is handed over once. */
  takeRows(): ServerColumns;
  /** Closes every connection; gives the rows that were not taken before. */
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

/** Whose CPU time is read from outside. */
export interface CpuSource {
  readonly pids: readonly number[];
  /** A control group's cpu.stat that accounts for all of them, the ended ones included; empty: none. */
  readonly statFile: string;
}

/** CPU time that processes have used, in ns, and when that was on CLOCK_MONOTONIC: clock_getcpuclockid(3). */
export interface CpuTime {
  readonly at: number;
  readonly ns: number;
}

/** What a thread that blocks in its calls needs. */
export interface BlockingCalls {
  /** The size of every model's receive buffer. */
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
  /** The compiler, and what its macros say of the flags. */
  readonly build: string;
  readonly Server: new (spec: {
    readonly model: string;
    readonly service: string;
    /** Dealt to the loops in turn. */
    readonly listeners: readonly number[];
    readonly loops: number;
    /** 0 or undefined: no limit. */
    readonly idleTimeoutNs?: number | undefined;
    readonly writeTimeoutNs?: number | undefined;
  }) => NativeServer;
  readonly Load: new (spec: NativeLoadSpec) => NativeLoad;
  readonly Sampler: new (spec: {
    readonly subjects: readonly SubjectSpec[];
    /** Where the sampling thread may run; empty: anywhere. */
    readonly cpus: readonly number[];
    readonly seed: number;
    readonly drainTimeoutNs: number;
  }) => NativeSampler;
  /** Every CountName once, in the order of totals(). */
  readonly countNames: readonly CountName[];
  /** How soon a server accepts again after a lack of descriptors or memory. */
  readonly shortagePauseNs: number;
  /** The descriptors are the caller's to close. */
  createBoard(threads: number): Board;
  /** Buckets of values in ns. */
  histogram(values: Float64Array): SparseCounts;
  /** `reusePort`: others may be bound there as well. */
  listen(host: string, port: number, backlog: number, reusePort?: boolean): Listening;
  close(fd: number): void;
  /** Null once the listener was shut down. */
  accept(listener: number): Promise<Listening | null>;
  /** Whether accept() failed for a lack of descriptors or memory. */
  isShortage(errno: number): boolean;
  setBlocking(fd: number): void;
  /** receive() and send() on it fail with -EAGAIN when they have waited this long; 0: no limit. */
  limitWaits(fd: number, idleNs: number, writeNs: number): void;
  /** What the processes, or the control group with this cpu.stat, have used; `ns` is NaN if unknown. */
  cpuTime(pids: readonly number[], statFile: string): CpuTime;
  setAffinity(cpus: readonly number[]): void;
  canUnshareDescriptors(): boolean;
  /** The set-up flags that the kernel takes: `SINGLE_ISSUER | DEFER_TASKRUN`. Throws where io_uring can't be used. */
  probeUring(): string;
}

const packageRoot = fileURLToPath(new URL('../..', import.meta.url));
const require = createRequire(import.meta.url);

export const addonPath: string = require('node-gyp-build').path(packageRoot);
export const native = require(addonPath) as Addon;
