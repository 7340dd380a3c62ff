/** The schema of summary.json: a row per cell. Latencies are in µs. */
import { z } from 'zod';
import { obstacle } from '../../lib/schema/obstacles.js';
import { byName, maybe, maybeText, number, type Of, text } from '../../lib/schema/parts.js';
import { uninterrupted } from './cell.js';
import { notes, problems } from './facts.js';
import { factorValues } from './service-load.js';

const estimate = z.object({
  median: number,
  /** Null with fewer than two values. */
  low: maybe,
  high: maybe,
  /** Confidence level of the interval, 0 to 1; null without an interval. */
  level: maybe,
});

/** Percentiles of all trials merged; null if none was valid. */
const spread = z.object({
  p50: maybe,
  p90: maybe,
  p99: maybe,
  p999: maybe,
  max: maybe,
  unit: z.literal('us'),
});

/** Target and achieved rate in messages per second. */
const rate = z.object({
  asked: number,
  achieved: maybe,
  /** Fraction of the messages due that were sent and answered. */
  achievedRatio: maybe,
  /** Totals over all valid trials. */
  late: maybe,
  dropped: maybe,
});

const cpu = z.object({
  serverUserS: maybe,
  serverSystemS: maybe,
  serverBusy: maybe,
  /** Number of CPUs that the server can use. */
  serverUsable: number,
  clientS: maybe,
  clientBusy: maybe,
  /** Null where the unit of work isn't a request. */
  microsecondsPerRequest: maybe,
});

/** Of trials with a fixed number of requests. Times are medians over the valid trials, counts are over all. */
const completion = z.object({
  /** From the first client's start to the last one's end. */
  totalS: maybe,
  /** Of a client that succeeded, from when it could send until it ended. */
  meanMs: maybe,
  longestMs: maybe,
  /** Mean work per second of such a client. */
  rate: maybe,
  clients: z.object({ succeeded: number, failed: number, retries: number }),
  /** As the server recorded them; null where it records none. */
  transfers: z.object({ succeeded: number, failed: number }).nullable(),
  /** Completed transfers that left something wrong; null: not examined. */
  wrong: maybe,
  /** From when a connection could send until the server accepted it. */
  queueing: z.object({ meanMs: maybe, longestMs: maybe }),
  /** The load beside: requests in all valid trials, those that failed, and response times from when they were due. */
  beside: z.object({ requests: number, failures: number, latency: spread }).nullable(),
  /** What the client's time for a transfer consists of. */
  parts: z.object({ waitingMs: maybe, sendingMs: maybe, answeringMs: maybe }),
});

const row = z.object({
  connections: number,
  idle: number,
  repeat: number,
  workers: number,
  trials: number,
  valid: number,
  /** Failed connections in all trials. */
  failures: number,
  /** Connections without any answer by the end of the window, in the worst trial. */
  starved: number,
  /** Requests answered in a trial. */
  requests: maybe,
  syscallsPerRequest: maybe,
  /** Voluntary and involuntary context switches of the server per request. */
  contextSwitches: maybe,
  peakConnections: maybe,
  server: text,
  service: text,
  /** The values of those factors of the service that vary in the run. */
  factors: factorValues,
  /** Null in a closed loop. */
  rate: rate.nullable(),
  failuresByKind: byName,
  throughput: estimate.extend({ unit: z.enum(['requests/s', 'bytes/s']) }).nullable(),
  efficiency: estimate
    .extend({ unit: z.enum(['requests per server-CPU-second', 'bytes per server-CPU-second']) })
    .nullable(),
  control: z.object({
    server: text,
    /** Measured in slices beside this cell: requests per server-CPU-second. */
    efficiency: maybe,
    /** Problems of the control's own trials, if it has any. */
    problems,
  }),
  /** Efficiency relative to the control: in alternating slices, or in the same block. */
  toControl: estimate.nullable(),
  /** Service time in a closed loop, response time in an open loop. */
  latency: spread,
  /** Open loop: the service time. Null in a closed loop. */
  serviceTime: spread.nullable(),
  /** Null with a duration. */
  completion: completion.nullable(),
  connect: spread,
  firstAnswer: spread,
  cpu,
  memory: z.object({
    serverPssBytes: maybe,
    bytesPerConnection: maybe,
    kernelBytesPerConnection: maybe,
  }),
  /** Null where the server keeps no rows. */
  reconciled: z.boolean().nullable(),
  /** Most of the valid trials were client-bound. */
  clientBound: z.boolean(),
  /** Problems and notes of all trials. */
  problems,
  notes,
  /** Why its trials were not sliced; null if they were. */
  uninterrupted: uninterrupted.nullable(),
  /** Letters among the servers under the same load, by efficiency; null if it isn't ranked with another one. */
  group: maybeText,
  skipped: obstacle.nullable(),
});

export const summary = z.array(row).readonly();

export type Estimate = Of<typeof estimate>;
export type Spread = Of<typeof spread>;
export type Completion = Of<typeof completion>;
export type Row = Of<typeof row>;
