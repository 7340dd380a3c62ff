/** The schema of a trial's figures. */
import { z } from 'zod';
import { COUNT_NAMES } from '../../../lib/account/counts.js';
import { TRANSFER_DIFFERENCES } from '../../../lib/account/reconcile-transfers.js';
import { KERNEL_COUNTER_NAMES } from '../../../lib/system/kernel-counters.js';
import type { Measurement } from '../../record.js';
import { byName, fields, maybe, maybeText, number, numbers, text } from './parts.js';

const percentiles = fields(['p50', 'p90', 'p99', 'p999', 'max'], number);

const distribution = percentiles.extend({ histogram: text });

const cpuUse = fields(
  ['userS', 'systemS', 'busy', 'voluntarySwitches', 'involuntarySwitches'],
  number,
);

const openLoop = fields(
  ['asked', 'achieved', 'scheduled', 'sent', 'late', 'dropped'],
  number,
).extend({ serviceTime: distribution });

const slices = fields(['pairs', 'lengthMs', 'roundTrips', 'undrained', 'silent'], number).extend({
  logRatios: numbers,
  control: fields(['throughput', 'efficiency'], maybe).extend({
    latency: percentiles,
    failuresByKind: byName,
  }),
  idleBusy: fields(['server', 'control'], maybe),
});

const reconciliation = fields(['compared', 'mismatches', 'unknown'], number).extend({
  examples: z.array(z.object({ connection: text, what: text })).readonly(),
});

const transferTotals = fields(
  ['transfers', 'refused', 'incomplete', 'bytes', 'unrecorded'],
  number,
).extend(fields(['meanMs', 'longestMs'], maybe).shape);

const transferReconciliation = fields(['compared', 'mismatches', 'unknown'], number).extend({
  byKind: fields(TRANSFER_DIFFERENCES, number),
  examples: z
    .array(
      z.object({
        kind: z.enum(TRANSFER_DIFFERENCES),
        connection: text,
        number,
        client: maybeText,
        server: maybeText,
      }),
    )
    .readonly(),
});

const transfers = z.object({
  client: transferTotals,
  server: transferTotals.nullable(),
  reconciliation: transferReconciliation.nullable(),
});

export const measurement = z.object({
  requests: fields(['window', 'total', 'wanted'], number),
  bytes: fields(['sent', 'received'], number),
  windowS: number,
  throughput: maybe,
  efficiency: maybe,
  readingSlipS: maybe,
  slices: slices.nullable(),
  latency: distribution,
  openLoop: openLoop.nullable(),
  inFlight: fields(['expected', 'measured'], number).nullable(),
  connect: distribution,
  firstAnswer: distribution,
  failures: number,
  failuresByKind: byName,
  starved: number,
  peak: z.object({ open: number, accepted: maybe }),
  serverCpu: cpuUse.nullable(),
  clientCpu: cpuUse.extend({ busiestThread: number }),
  counts: fields(COUNT_NAMES, maybe).nullable(),
  systemCallsPerRequest: maybe,
  connectionsPerLoop: z.array(maybe).readonly(),
  memory: fields(
    ['serverPssBytes', 'bytesPerConnection', 'kernelBytesPerConnection', 'clientPssBytes'],
    maybe,
  ),
  serverThreads: maybe,
  kernel: fields(KERNEL_COUNTER_NAMES, maybe).nullable(),
  timeWaitBefore: maybe,
  reconciliation: reconciliation.nullable(),
  transfers: transfers.nullable(),
}) satisfies z.ZodType<Measurement>;
