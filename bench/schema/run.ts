/** The schema of run.json. */
import { z } from 'zod';
import { environment } from '../../lib/schema/environment.js';
import { number, type Of, text, texts } from '../../lib/schema/parts.js';
import { plan } from './plan.js';

/** The figures that a condition can bound; bench/statistics/thresholds.ts takes them from a row. */
const figureName = z.enum([
  'p50',
  'p90',
  'p99',
  'p99.9',
  'max',
  'connect-p99',
  'throughput',
  'efficiency',
  'to-control',
  'achieved-ratio',
  'calls',
  'failures',
]);

/** One condition that must hold: `p99<50ms`. */
const condition = z.object({
  text,
  metric: figureName,
  sign: z.enum(['<', '>', '=']),
  /** In the metric's unit; µs for times. */
  bound: number,
});

/** The settings of a ramp. */
const ramp = z.object({
  from: number,
  to: number,
  /** The search ends when the gap between held and broken is at most this fraction of held. */
  precision: number,
  /** The name of the factor. */
  factor: text,
  /** The servers whose load is varied. The control runs at the same levels and is not judged. */
  servers: texts,
  /** Empty: the default service level. */
  conditions: z.array(condition).readonly(),
});

export const runHeader = z.object({
  /** The version of the files' layout. */
  schema: number,
  /** Random; every record of the run has it too. */
  id: text,
  name: text,
  command: texts,
  /** UTC. */
  startedAt: z.iso.datetime(),
  /** The options after validation, with defaults. */
  options: z.looseObject({}) as z.ZodType<object>,
  plan,
  /** Missing in other runs. */
  ramp: z.exactOptional(ramp),
  environment,
});

export type FigureName = Of<typeof figureName>;
export type Condition = Of<typeof condition>;
export type RampQuestion = Of<typeof ramp>;
export type RunHeader = Of<typeof runHeader>;
