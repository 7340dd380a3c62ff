/** The schema of verdicts.json: an entry per load and metric. */
import { z } from 'zod';
import type { VerdictEntry } from '../verdict-entries.js';
import { factors, fields, maybe, number, text } from './parts.js';

const pair = z.object({
  a: text,
  b: text,
  basis: z.enum(['control', 'block']),
  blocks: number,
  ...fields(['ratio', 'low', 'high'], maybe).shape,
  verdict: z.enum(['different', 'same', 'undecided']),
  blocksNeeded: maybe,
});

const group = z.object({
  server: text,
  letters: text,
  validBlocks: number,
  unranked: z
    .enum(['client-bound', 'starved', 'skipped', 'not run', 'no figure', 'too few blocks'])
    .nullable(),
});

const entry = z.object({
  load: factors,
  metric: z.enum(['efficiency', 'throughput', 'p50', 'p99']),
  blocks: number,
  margin: number,
  level: number,
  pairs: z.array(pair).readonly(),
  groups: z.array(group).readonly(),
}) satisfies z.ZodType<VerdictEntry>;

export const verdicts = z.array(entry).readonly() satisfies z.ZodType<readonly VerdictEntry[]>;
