/** The schema of verdicts.json: every pair of servers under each load, by each metric. */
import { z } from 'zod';
import { maybe, number, type Of, text } from '../../lib/schema/parts.js';
import { factorValues } from './service-load.js';

/** `control`: compares ratios to the control in alternating slices; `block`: compares trials of the same block. */
const basis = z.enum(['control', 'block']);

const pairVerdict = z.enum(['different', 'same', 'undecided']);

const metricName = z.enum(['efficiency', 'throughput', 'p50', 'p99']);

/** Why a cell is not ranked. */
const unranked = z.enum([
  'client-bound',
  'starved',
  'skipped',
  'not run',
  'no figure',
  'too few blocks',
]);

/** Two servers under the same load. */
const pair = z.object({
  a: text,
  b: text,
  basis,
  /** Number of blocks with a valid trial of both. */
  blocks: number,
  /** a/b, by block; null if no block has both. */
  ratio: maybe,
  /** Simultaneous for all pairs of a load and metric; null if one isn't ranked or too few blocks have both. */
  low: maybe,
  high: maybe,
  verdict: pairVerdict,
  /** `--trials` that would decide an undecided pair with the same ratio and spread; null if unknown. */
  blocksNeeded: maybe,
});

const group = z.object({
  server: text,
  /** Two servers share a letter if and only if they aren't different; empty if not ranked. */
  letters: text,
  validBlocks: number,
  /** Why it isn't ranked; null if it is. */
  unranked: unranked.nullable(),
});

/** Servers are named as in summary.json, with ` ×N` for N workers. */
const entry = z.object({
  /** The values of all factors. */
  load: factorValues,
  metric: metricName,
  /** Number of blocks that were begun. */
  blocks: number,
  /** The equivalence margin: two servers are the same if their interval lies between 1/(1+margin) and 1+margin. */
  margin: number,
  /** Simultaneous confidence level of the entry's intervals; above 0.95 in a run that can end early. */
  level: number,
  pairs: z.array(pair).readonly(),
  /** Ranked servers, best first, then the others. */
  groups: z.array(group).readonly(),
});

export const verdicts = z.array(entry).readonly();

export type Basis = Of<typeof basis>;
export type PairVerdict = Of<typeof pairVerdict>;
export type MetricName = Of<typeof metricName>;
export type Unranked = Of<typeof unranked>;
export type VerdictPair = Of<typeof pair>;
export type VerdictEntry = Of<typeof entry>;
