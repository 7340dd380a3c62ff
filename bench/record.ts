/** The record of a trial: a row of trials.jsonl. The stages after the run read only this. */

import type { Counts } from '../lib/account/counts.js';
import type { Distribution, Percentiles } from '../lib/account/histogram.js';
import type { Reconciliation } from '../lib/account/reconcile.js';
import type { TransferReconciliation } from '../lib/account/reconcile-transfers.js';
import type { TransferTotals } from '../lib/account/transfers.js';
import type { KernelCounters } from '../lib/system/kernel-counters.js';
import type { MachineLoad } from '../lib/system/machine-load.js';
import type { Note, Problem } from './facts.js';
import type { Uninterrupted } from './plan/cell.js';
import type { FactorValues } from './services/service.js';

/**
 * CPU seconds in the measured window. Context switches: the client's in the window, the server's from the first message
 * to the window's end.
 */
export interface CpuUse {
  readonly userS: number;
  readonly systemS: number;
  /** Mean number of busy CPUs: 1 is one CPU busy all the time. */
  readonly busy: number;
  readonly voluntarySwitches: number;
  readonly involuntarySwitches: number;
}

/** Duration of each phase, in ms. */
export interface Phases {
  /** Starting the processes of both sides. */
  readonly startMs: number;
  readonly connectMs: number;
  /** From the last connect() until the server had accepted all connections. */
  readonly acceptMs: number;
  readonly trafficMs: number;
  /** Collecting, reconciling and ending the processes. */
  readonly finishMs: number;
}

/** The figures of server and client, as far as the trial got. */
export interface Measurement {
  /** Answered within the measured window, answered in total, and requested. */
  readonly requests: { readonly window: number; readonly total: number; readonly wanted: number };
  readonly bytes: { readonly sent: number; readonly received: number };
  readonly windowS: number;
  /** In the service's unit of work, per second; null if nothing was measured. */
  readonly throughput: number | null;
  /** The same per second of the server's CPU time. */
  readonly efficiency: number | null;
  /** Largest delay of a reading of the server's CPU time from its planned instant; null if unknown. */
  readonly readingSlipS: number | null;
  /** Null in an uninterrupted trial. */
  readonly slices: Slices | null;
  /** Service time in a closed loop, response time in an open one. */
  readonly latency: Distribution;
  /** Open loop: the service time, and how well the schedule was kept. Null in a closed loop. */
  readonly openLoop: OpenLoop | null;
  /** Null where the expected number is unknown, as in an open loop. */
  readonly inFlight: InFlight | null;
  readonly connect: Distribution;
  readonly firstAnswer: Distribution;
  readonly failures: number;
  readonly failuresByKind: Readonly<Record<string, number>>;
  /** Connections that sent messages and received no answer by the end of the window. */
  readonly starved: number;
  readonly peak: {
    /** Open at once, as the client saw it. */
    readonly open: number;
    /** Open at once, as the server saw it; null where the server keeps no rows. */
    readonly accepted: number | null;
  };
  readonly serverCpu: CpuUse | null;
  readonly clientCpu: CpuUse & { readonly busiestThread: number };
  /** The server's counts from the first message to the window's end, and the system calls per request in them. */
  readonly counts: Counts | null;
  readonly systemCallsPerRequest: number | null;
  readonly connectionsPerLoop: readonly (number | null)[];
  readonly memory: {
    readonly serverPssBytes: number | null;
    /** User memory of the server that each connection added. */
    readonly bytesPerConnection: number | null;
    /** Kernel memory that each connection added, both ends; approximate, because it is read for the whole machine. */
    readonly kernelBytesPerConnection: number | null;
    readonly clientPssBytes: number | null;
  };
  readonly serverThreads: number | null;
  /** Increase of the kernel's TCP counters; null if the trial was aborted. */
  readonly kernel: KernelCounters | null;
  readonly timeWaitBefore: number | null;
  /** Null where the server keeps no rows. */
  readonly reconciliation: Reconciliation | null;
  /** Null where transfers aren't recorded. */
  readonly transfers: Transfers | null;
}

/** The transfers of both sides, over all traffic. */
export interface Transfers {
  readonly client: TransferTotals;
  /** Null where the server keeps no rows. */
  readonly server: TransferTotals | null;
  readonly reconciliation: TransferReconciliation | null;
}

/** Mean number of requests in flight: as the load sets it, and as throughput × mean latency. */
export interface InFlight {
  readonly expected: number;
  readonly measured: number;
}

/** Server and control measured in alternating slices. */
export interface Slices {
  /** Pairs of slices that the ratio is computed from. */
  readonly pairs: number;
  /** Measured part of a slice, and the round trips per connection in it with the slower server. */
  readonly lengthMs: number;
  readonly roundTrips: number;
  /** Slices whose last answers timed out, and slices without any answer. */
  readonly undrained: number;
  readonly silent: number;
  /** Logarithm of the efficiency relative to the control's, as means over consecutive pairs. */
  readonly logRatios: readonly number[];
  readonly control: {
    readonly throughput: number | null;
    readonly efficiency: number | null;
    readonly latency: Percentiles;
    readonly failuresByKind: Readonly<Record<string, number>>;
  };
  /** Mean number of CPUs that each server kept busy while the other one was measured; null if unknown. */
  readonly idleBusy: { readonly server: number | null; readonly control: number | null };
}

export interface OpenLoop {
  readonly serviceTime: Distribution;
  /** Messages per second. */
  readonly asked: number;
  readonly achieved: number;
  /** Messages due in the window; sent; sent late (by more than 1 ms); never sent. */
  readonly scheduled: number;
  readonly sent: number;
  readonly late: number;
  readonly dropped: number;
}

/** An open loop with a lower achieved ratio did not apply the target rate. */
export const LEAST_ACHIEVED = 0.95;

/** The smaller of sent and answered, divided by the messages due in the window; null in a closed loop. */
export function achievedRatio(openLoop: OpenLoop | null, answered: number): number | null {
  if (openLoop === null || openLoop.scheduled === 0) return null;
  return Math.min(openLoop.sent, answered) / openLoop.scheduled;
}

export interface Verdict {
  readonly valid: boolean;
  /** The client's CPU was saturated and the server's was not, so the client limited the throughput. */
  readonly clientBound: boolean;
  /** Make the trial invalid. */
  readonly problems: readonly Problem[];
  /** Don't make the trial invalid. */
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
  /** The values of the service's factors. */
  readonly factors: FactorValues;
  readonly repeat: number;
  readonly workers: number;
  readonly clientProcesses: number;
  readonly clientThreads: number;
  readonly seed: number;
  /** Why the trial was not sliced; null if it was. */
  readonly uninterrupted: Uninterrupted | null;
  /** Other load on the machine, from before the server started to the end of traffic; null if the trial was aborted. */
  readonly machine: MachineLoad | null;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly phases: Phases;
  readonly measurement: Measurement | null;
  readonly verdict: Verdict;
  /** Why the trial was aborted; null if it completed. */
  readonly error: string | null;
}

/** The `error` of a trial that the user interrupted. */
export const INTERRUPTED = 'interrupted';

/** Without interrupted trials, because they show nothing about their server. */
export function finished(records: readonly TrialRecord[]): TrialRecord[] {
  return records.filter(({ error }) => error !== INTERRUPTED);
}
