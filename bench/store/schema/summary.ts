/** The schema of summary.json: one row per cell. */

import { z } from 'zod';
import type { Row } from '../../statistics/summarize.js';
import { notes, problems } from './facts.js';
import { obstacle } from './obstacles.js';
import { byName, factors, fields, maybe, maybeText, number, text } from './parts.js';
import { uninterrupted } from './plan.js';

const estimate = z.object({ median: number, low: maybe, high: maybe, level: maybe });

const spread = fields(['p50', 'p90', 'p99', 'p999', 'max'], maybe).extend({
  unit: z.literal('us'),
});

const rate = fields(['achieved', 'achievedRatio', 'late', 'dropped'], maybe).extend({
  asked: number,
});

const cpu = fields(
  ['serverUserS', 'serverSystemS', 'serverBusy', 'clientS', 'clientBusy', 'microsecondsPerRequest'],
  maybe,
).extend({ serverUsable: number });

const row = z.object({
  ...fields(
    ['connections', 'idle', 'repeat', 'workers', 'trials', 'valid', 'failures', 'starved'],
    number,
  ).shape,
  ...fields(['requests', 'syscallsPerRequest', 'contextSwitches', 'peakConnections'], maybe).shape,
  server: text,
  service: text,
  factors,
  rate: rate.nullable(),
  failuresByKind: byName,
  throughput: estimate.extend({ unit: z.enum(['requests/s', 'bytes/s']) }).nullable(),
  efficiency: estimate
    .extend({ unit: z.enum(['requests per server-CPU-second', 'bytes per server-CPU-second']) })
    .nullable(),
  control: z.object({ server: text, efficiency: maybe, problems }),
  toControl: estimate.nullable(),
  latency: spread,
  serviceTime: spread.nullable(),
  connect: spread,
  firstAnswer: spread,
  cpu,
  memory: fields(['serverPssBytes', 'bytesPerConnection', 'kernelBytesPerConnection'], maybe),
  reconciled: z.boolean().nullable(),
  clientBound: z.boolean(),
  problems,
  notes,
  uninterrupted,
  group: maybeText,
  skipped: obstacle.nullable(),
}) satisfies z.ZodType<Row>;

export const summary = z.array(row).readonly() satisfies z.ZodType<readonly Row[]>;
