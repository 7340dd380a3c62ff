/** The schema of run.json. */
import { z } from 'zod';
import { FIGURES, type FigureName } from '../../statistics/thresholds.js';
import type { RunHeader } from '../run-header.js';
import { environment } from './environment.js';
import { fields, number, text, texts } from './parts.js';
import { plan } from './plan.js';

const condition = z.object({
  text,
  metric: z.enum(Object.keys(FIGURES) as FigureName[]),
  sign: z.enum(['<', '>', '=']),
  bound: number,
});

const ramp = fields(['from', 'to', 'precision'], number).extend({
  raised: text,
  servers: texts,
  conditions: z.array(condition).readonly(),
});

export const runHeader = z.object({
  schema: number,
  id: text,
  name: text,
  command: texts,
  startedAt: z.iso.datetime(),
  options: z.looseObject({}),
  plan,
  ramp: z.exactOptional(ramp),
  environment,
}) satisfies z.ZodType<RunHeader>;
