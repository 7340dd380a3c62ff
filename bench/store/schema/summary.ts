/** The schema of summary.json: one row per cell. */

import { z } from 'zod';
import type { Row } from '../../statistics/summarize.js';
import { notes, problems } from './facts.js';
import { obstacle } from './obstacles.js';
import { byName, fields, maybe, maybeText, number, text } from './parts.js';
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
  ...fields(
    ['bytes', 'requests', 'syscallsPerRequest', 'contextSwitches', 'peakConnections'],
    maybe,
  ).shape,
  server: text,
  service: text,
  rate: rate.nullable(),
  failuresByKind: byName,
  throughput: estimate.extend({ unit: z.literal('requests/s') }).nullable(),
  efficiency: estimate.extend({ unit: z.literal('requests per server-CPU-second') }).nullable(),
  control: z.object({ server: text, efficiency: maybe, problems }),
  toControl: estimate.nullable(),
  latency: spread,
  serviceTime: spread.nullable(),
  connect: spread,
  firstEcho: spread,
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
