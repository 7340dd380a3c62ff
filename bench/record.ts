/** What is kept of a trial: the row of trials.jsonl. Every stage after the run reads only this. */

import type { Counts } from '../lib/account/counts.js';
import type { Distribution, Percentiles } from '../lib/account/histogram.js';
import type { Reconciliation } from '../lib/account/reconcile.js';
import type { KernelCounters } from '../lib/system/kernel-counters.js';
import type { MachineLoad } from '../lib/system/machine-load.js';
import type { Note, Problem } from './facts.js';
import type { Uninterrupted } from './plan/cell.js';

/** CPU seconds in the measured window; context switches of the client in it, of the server from the first message to its end. */
export interface CpuUse {
  readonly userS: number;
  readonly systemS: number;
  /** CPUs' worth of time used: 1 is one CPU kept busy throughout. */
  readonly busy: number;
  readonly voluntarySwitches: number;
  readonly involuntarySwitches: number;
}

/** How long each phase took, in ms. */
export interface Phases {
  /** Starting the processes of both sides. */
  readonly startMs: number;
  readonly connectMs: number;
  /** From the last connect() until the server had accepted all. */
  readonly acceptMs: number;
  readonly trafficMs: number;
  /** Collecting, reconciling and ending the processes. */
  readonly finishMs: number;
}

/** The two sides' figures, as far as the trial came. */
export interface Measurement {
  /** Answered within the measured window, and in all. */
  readonly requests: { readonly window: number; readonly total: number; readonly wanted: number };
  readonly bytes: { readonly sent: number; readonly received: number };
  readonly windowS: number;
  /** Requests per second; null where nothing was measured. */
  readonly throughput: number | null;
  /** Requests per second of the server's CPU time. */
  readonly efficiency: number | null;
  /** How far the readings of the server's CPU time were from their instants; null where it is unknown. */
  readonly readingSlipS: number | null;
  /** Null in an uninterrupted trial. */
  readonly slices: Slices | null;
  /** Service time in a closed loop, response time in an open one. */
  readonly latency: Distribution;
  /** Open loop: what stands beside the response time, and how well the schedule was kept. */
  readonly openLoop: OpenLoop | null;
  /** Null where it isn't known how many requests are under way, as in an open loop. */
  readonly inFlight: InFlight | null;
  readonly connect: Distribution;
  readonly firstEcho: Distribution;
  readonly failures: number;
  readonly failuresByKind: Readonly<Record<string, number>>;
  /** Connections that sent a message, and had no answer to any by the window's end. */
  readonly starved: number;
  readonly peak: {
    /** Open at once, as the client saw it. */
    readonly open: number;
    /** Accepted and not yet closed, as the server saw it; null where it keeps no rows. */
    readonly accepted: number | null;
  };
  readonly serverCpu: CpuUse | null;
  readonly clientCpu: CpuUse & { readonly busiestThread: number };
  /** The server's counts from the first message to the window's end, and its system calls per request of them. */
  readonly counts: Counts | null;
  readonly systemCallsPerRequest: number | null;
  readonly connectionsPerLoop: readonly (number | null)[];
  readonly memory: {
    readonly serverPssBytes: number | null;
    /** Of the server's user memory, what each connection added. */
    readonly bytesPerConnection: number | null;
    /** The same of the kernel's memory, for both ends of it; of the whole machine, and so only roughly. */
    readonly kernelBytesPerConnection: number | null;
    readonly clientPssBytes: number | null;
  };
  readonly serverThreads: number | null;
  /** What the kernel's TCP counters rose by; null where the trial broke off. */
  readonly kernel: KernelCounters | null;
  readonly timeWaitBefore: number | null;
  /** Null where the server keeps no rows. */
  readonly reconciliation: Reconciliation | null;
}

/** Requests under way at a time: as the load makes them, and as throughput × mean latency. */
export interface InFlight {
  readonly expected: number;
  readonly measured: number;
}

/** The control beside the server, in slices that alternate. */
export interface Slices {
  /** Pairs of slices in the ratio. */
  readonly pairs: number;
  /** The measured part of a slice, and how many round trips of all connections it holds at the slower server. */
  readonly lengthMs: number;
  readonly roundTrips: number;
  /** Slices whose last answers did not come in time, and those without any answer. */
  readonly undrained: number;
  readonly silent: number;
  /** The logarithm of the efficiency as a multiple of the control's: means over consecutive pairs. */
  readonly logRatios: readonly number[];
  readonly control: {
    readonly throughput: number | null;
    readonly efficiency: number | null;
    readonly latency: Percentiles;
    readonly failuresByKind: Readonly<Record<string, number>>;
  };
  /** CPUs' worth of time that each server used while the other one was measured; null where unknown. */
  readonly idleBusy: { readonly server: number | null; readonly control: number | null };
}

export interface OpenLoop {
  readonly serviceTime: Distribution;
  /** Messages per second. */
  readonly asked: number;
  readonly achieved: number;
  /** Messages due in the window: sent, of those late (by more than 1 ms), and never sent. */
  readonly scheduled: number;
  readonly sent: number;
  readonly late: number;
  readonly dropped: number;
}

/** An open loop that achieves less of its schedule than this measured another load than was asked for. */
export const LEAST_ACHIEVED = 0.95;

/** Of the messages due in the window, those sent, or answered if these are fewer; null in a closed loop. */
export function achievedRatio(openLoop: OpenLoop | null, answered: number): number | null {
  if (openLoop === null || openLoop.scheduled === 0) return null;
  return Math.min(openLoop.sent, answered) / openLoop.scheduled;
}

export interface Verdict {
  readonly valid: boolean;
  /** The client's CPU was saturated and the server's was not: the throughput is the client's. */
  readonly clientBound: boolean;
  /** What makes the trial invalid. */
  readonly problems: readonly Problem[];
  /** What a reader should know all the same. */
  readonly notes: readonly Note[];
}

export interface TrialRecord {
  readonly trial: number;
  readonly block: number;
  readonly cell: number;
  readonly server: string;
  readonly service: string;
  readonly connections: number;
  readonly idle: number;
  readonly rate: number;
  /** Of a message's text, on average. */
  readonly bytes: number;
  readonly repeat: number;
  readonly workers: number;
  readonly clientProcesses: number;
  readonly clientThreads: number;
  readonly seed: number;
  /** Why the trial was not sliced; null: it was. */
  readonly uninterrupted: Uninterrupted | null;
  /** What else the machine did, from before the server started to the end of traffic; null where the trial broke off. */
  readonly machine: MachineLoad | null;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly phases: Phases;
  readonly measurement: Measurement | null;
  readonly verdict: Verdict;
  /** What broke the trial off; null if it came to its end. */
  readonly error: string | null;
}

/** The `error` of a trial that was broken off. */
export const INTERRUPTED = 'interrupted';

/** Those that came to their end: what was broken off says nothing of its server. */
export function finished(records: readonly TrialRecord[]): TrialRecord[] {
  return records.filter(({ error }) => error !== INTERRUPTED);
}
