/** The schema of the figures of server and client, as far as the trial got. */
import { z } from 'zod';
import { COUNT_NAMES } from '../../lib/account/counts.js';
import { distribution, percentiles } from '../../lib/schema/latency.js';
import { byName, fields, maybe, number, numbers, type Of, text } from '../../lib/schema/parts.js';
import { reconciliation } from '../../lib/schema/reconciliation.js';
import { transfers } from '../../lib/schema/transfers.js';
import { KERNEL_COUNTER_NAMES } from '../../lib/system/kernel-counters.js';

/**
 * CPU seconds in the measured window. Context switches: the client's in the window, the server's from the first message
 * to the window's end.
 */
const cpuUse = z.object({
  userS: number,
  systemS: number,
  /** Mean number of busy CPUs: 1 is one CPU busy all the time. */
  busy: number,
  voluntarySwitches: number,
  involuntarySwitches: number,
});

const openLoop = z.object({
  serviceTime: distribution,
  /** Messages per second. */
  asked: number,
  achieved: number,
  /** Messages due in the window; sent; sent late (by more than 1 ms); never sent. */
  scheduled: number,
  sent: number,
  late: number,
  dropped: number,
});

/** Mean number of requests in flight: as the load sets it, and as throughput × mean latency. */
const inFlight = z.object({ expected: number, measured: number });

/** Server and control measured in alternating slices. */
const slices = z.object({
  /** Pairs of slices that the ratio is computed from. */
  pairs: number,
  /** Measured part of a slice, and the round trips per connection in it with the slower server. */
  lengthMs: number,
  roundTrips: number,
  /** Slices whose last answers timed out, and slices without any answer. */
  undrained: number,
  silent: number,
  /** Logarithm of the efficiency relative to the control's, as means over consecutive pairs. */
  logRatios: numbers,
  control: z.object({
    throughput: maybe,
    efficiency: maybe,
    latency: percentiles,
    failuresByKind: byName,
  }),
  /** Mean number of CPUs that each server kept busy while the other one was measured; null if unknown. */
  idleBusy: z.object({ server: maybe, control: maybe }),
});

/** The figures of a part of the server under test; null: unknown. */
const roleFigures = z.object({
  cpu: cpuUse.nullable(),
  /** From the first message to the window's end. */
  counts: fields(COUNT_NAMES, maybe).nullable(),
  memory: z.object({
    pssBytes: maybe,
    /** User memory that each connection added. */
    bytesPerConnection: maybe,
  }),
  threads: maybe,
});

const memory = z.object({
  /** Kernel memory that each connection added, both ends; approximate, because it is read for the whole machine. */
  kernelBytesPerConnection: maybe,
  clientPssBytes: maybe,
});

/** How the clients of a trial with a fixed number of requests ended. */
const clients = z.object({
  /** All their requests were answered. */
  succeeded: number,
  failed: number,
  /** Connections that failed and were replaced by another of the same client. */
  retries: number,
  /** From when a client could send until it ended; of those that succeeded, null without one. */
  meanMs: maybe,
  longestMs: maybe,
  /** Mean of their work per second; null if requests move no payload whose size is known. */
  rate: maybe,
});

/** The small load beside the measured one. */
const beside = z.object({
  requests: number,
  failuresByKind: byName,
  /** Response time, from when a request was due. */
  latency: distribution,
});

/** From when a connection could send until the server accepted it. */
const queueing = z.object({ meanMs: number, longestMs: number });

export const measurement = z.object({
  /** Answered within the measured window, answered in total, and requested. */
  requests: z.object({ window: number, total: number, wanted: number }),
  bytes: z.object({ sent: number, received: number }),
  windowS: number,
  /** In the service's unit of work, per second; null if nothing was measured. */
  throughput: maybe,
  /** The same per second of the server's CPU time. */
  efficiency: maybe,
  /** Largest delay of a reading of the server's CPU time from its planned instant; null if unknown. */
  readingSlipS: maybe,
  /** Null in an uninterrupted trial. */
  slices: slices.nullable(),
  /** Service time in a closed loop, response time in an open one. */
  latency: distribution,
  /** Open loop: the service time, and how well the schedule was kept. Null in a closed loop. */
  openLoop: openLoop.nullable(),
  /** Null where the expected number is unknown, as in an open loop. */
  inFlight: inFlight.nullable(),
  connect: distribution,
  firstAnswer: distribution,
  /** Null with a duration. */
  clients: clients.nullable(),
  /** Null where the server keeps no rows. */
  queueing: queueing.nullable(),
  /** Null if there is none. */
  beside: beside.nullable(),
  /** Completed transfers that turned out afterwards to have left something wrong; null: not examined. */
  wrongTransfers: maybe,
  failures: number,
  failuresByKind: byName,
  /** Connections that sent messages and received no answer by the end of the window. */
  starved: number,
  peak: z.object({
    /** Open at once, as the client saw it. */
    open: number,
    /** Open at once, as the server saw it; null where the server keeps no rows. */
    accepted: maybe,
  }),
  /** By the role of each part of the server under test; `server` is the only one of a server with one part. */
  roles: z.record(text, roleFigures).readonly(),
  clientCpu: cpuUse.extend({ busiestThread: number }),
  /** In the server's counts; null if they are unknown. */
  systemCallsPerRequest: maybe,
  connectionsPerLoop: z.array(maybe).readonly(),
  memory,
  /** Increase of the kernel's TCP counters; null if the trial was aborted. */
  kernel: fields(KERNEL_COUNTER_NAMES, maybe).nullable(),
  timeWaitBefore: maybe,
  /** Null where the server keeps no rows. */
  reconciliation: reconciliation.nullable(),
  /** Null where transfers aren't recorded. */
  transfers: transfers.nullable(),
});

export type CpuUse = Of<typeof cpuUse>;
export type RoleFigures = Of<typeof roleFigures>;
export type OpenLoop = Of<typeof openLoop>;
export type InFlight = Of<typeof inFlight>;
export type Slices = Of<typeof slices>;
export type Measurement = Of<typeof measurement>;
