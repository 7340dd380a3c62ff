/** The data that C++ and TypeScript exchange. Rows are columns: one array per field. */
import type { Lifetime } from './schema/lifetime.js';

/** A service or a client's protocol, with the options that its own code parses. */
export interface NamedOptions {
  readonly name: string;
  readonly options: Readonly<Record<string, string>>;
}

/** Settings of a socket that a side opens; accepted sockets inherit them from the listener. */
export interface SocketOptions {
  /** TCP congestion control; null or undefined: the system's. */
  readonly congestion?: string | null | undefined;
}

export interface ListenOptions extends SocketOptions {
  /** Several sockets can bind the port. */
  readonly reusePort?: boolean;
}

export interface Listening {
  readonly fd: number;
  readonly address: string;
  readonly port: number;
}

/** Context switches: getrusage(2). */
export interface Switches {
  readonly voluntarySwitches: number;
  readonly involuntarySwitches: number;
}

/** A row per connection, a column each. Times are ns on CLOCK_MONOTONIC. */
export interface ServerColumns {
  readonly loop: Float64Array;
  /** Empty, with port 0, if the connection was reset before its address was read. */
  readonly remoteAddress: readonly string[];
  readonly remotePort: Float64Array;
  readonly opened: Float64Array;
  /** 0 in the row of an opening. */
  readonly closed: Float64Array;
  readonly requests: Float64Array;
  /** Requests answered with an error; not among `requests`. */
  readonly refused: Float64Array;
  readonly bytesIn: Float64Array;
  readonly bytesOut: Float64Array;
  /** Empty in the row of an opening. */
  readonly closeReason: readonly string[];
}

/** A row per connection, a column each. Times are ns on CLOCK_MONOTONIC, durations ns; 0: never. */
export interface ClientColumns {
  readonly localAddress: readonly string[];
  readonly localPort: Float64Array;
  /** The number of its client among those of all processes. */
  readonly client: Float64Array;
  readonly idle: Float64Array;
  /** 1: it has failed, and its client continues on another connection. */
  readonly retried: Float64Array;
  readonly opened: Float64Array;
  readonly connected: Float64Array;
  /** Since when the connection may send: the barrier's opening, or its connect(). */
  readonly freeAt: Float64Array;
  readonly closed: Float64Array;
  /** Since `freeAt`. */
  readonly firstAnswer: Float64Array;
  readonly lifetime: Float64Array;
  readonly requestsWanted: Float64Array;
  readonly requests: Float64Array;
  readonly bytesSent: Float64Array;
  readonly bytesReceived: Float64Array;
  /** Bytes moved, if the protocol's unit of work is bytes. */
  readonly payload: Float64Array;
  readonly serviceSum: Float64Array;
  readonly serviceMin: Float64Array;
  readonly serviceMax: Float64Array;
  /** The kind of failure; empty if none. */
  readonly failure: readonly string[];
}

/** A row per transfer that a server has recorded, a column each. Times are ns on CLOCK_MONOTONIC. */
export interface TransferColumns {
  readonly remoteAddress: readonly string[];
  readonly remotePort: Float64Array;
  readonly opened: Float64Array;
  readonly number: Float64Array;
  readonly operation: readonly string[];
  readonly bytes: Float64Array;
  readonly began: Float64Array;
  readonly ended: Float64Array;
  readonly outcome: readonly string[];
  /** Transfers for which there was no room. */
  readonly unrecorded: number;
}

/** The same of a client thread. */
export interface ClientTransferColumns {
  readonly localAddress: readonly string[];
  readonly localPort: Float64Array;
  readonly opened: Float64Array;
  readonly number: Float64Array;
  readonly operation: readonly string[];
  readonly bytes: Float64Array;
  readonly due: Float64Array;
  readonly sent: Float64Array;
  readonly firstAnswer: Float64Array;
  readonly ended: Float64Array;
  readonly failure: readonly string[];
  readonly unrecorded: number;
}

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

/** One client thread's measured window. */
export interface ClientWindow {
  /** When second 0 of the latencies began; 0: there was no traffic. */
  readonly secondsStart: number;
  readonly start: number;
  readonly end: number;
  readonly requests: number;
  /** Bytes moved, if the protocol's unit of work is bytes. */
  readonly payload: number;
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
  readonly transfers: ClientTransferColumns;
  readonly service: IntervalColumns;
  /** Empty in a closed loop. */
  readonly response: IntervalColumns;
  readonly window: ClientWindow;
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
   * Differences between the two readings: answers, bytes of payload, CPU time of the server, the
   * client and the idle server.
   */
  readonly requests: Float64Array;
  readonly payload: Float64Array;
  readonly serverNs: Float64Array;
  readonly clientNs: Float64Array;
  readonly idleNs: Float64Array;
}

export interface LoadProgress {
  readonly connected: number;
  readonly open: number;
  readonly requests: number;
  readonly payload: number;
  /** Failures that were not retried. */
  readonly failures: number;
  readonly retries: number;
  /** Latencies of the last whole second, one histogram per thread. */
  readonly lastSecond: readonly SparseCounts[];
}

/** The specification of one client process; see native/load/spec.h. */
export interface NativeLoadSpec extends SocketOptions {
  readonly host: string;
  readonly port: number;
  readonly sources: readonly string[];
  /** Clients that send: each has one connection at a time. */
  readonly connections: number;
  readonly idle: number;
  readonly threads: number;
  readonly firstConnection: number;
  /** Messages per client; 0: limited only by the duration or the lifetime. */
  readonly repeat: number;
  /** A client takes a new connection after so many messages; 0: never. */
  readonly perConnection: number;
  /** How often a client connects again after a failure, until a request is answered. */
  readonly retries: number;
  readonly barrier: boolean;
  readonly durationNs: number;
  readonly warmupNs: number;
  /**
   * The board's gate controls when to send and what is measured; a duration then only enables the
   * replacement of closed connections.
   */
  readonly gated?: boolean;
  /** Time limit for a handshake and for each whole answer. */
  readonly timeoutNs: number;
  /** Time limit for each progress of an outstanding exchange; 0: none. */
  readonly stallNs: number;
  /** Open loop: the mean time between one client's messages; 0: closed loop. */
  readonly intervalNs: number;
  readonly poisson: boolean;
  readonly lifetime: Lifetime;
  readonly protocol: NamedOptions;
  /** Exchanges of a protocol that moves payload are recorded. */
  readonly listsTransfers?: boolean;
  readonly seed: number;
  readonly begin: number;
  readonly board?: Board & { readonly firstThread: number };
}

/** A measured server and its client. */
export interface SubjectSpec {
  readonly board: Board;
  readonly server: CpuSource;
  readonly client: CpuSource;
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

/**
 * Memory shared by client threads and the sampler, and the eventfd that wakes the threads:
 * native/load/board.h.
 */
export interface Board {
  readonly memoryFd: number;
  readonly gateFd: number;
  readonly threads: number;
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
  | 'refused'
  | 'bytesIn'
  | 'bytesOut'
  | 'events'
  | 'again'
  | 'shortWrites'
  | 'acceptPauses'
  | 'storageNs'
  | 'callAccept'
  | 'callPeer'
  | 'callReceive'
  | 'callSend'
  | 'callWait'
  | 'callControl'
  | 'callClose'
  | 'callShutdown'
  | 'callThread'
  | 'callStorage';
