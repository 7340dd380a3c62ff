/** The schema of a plan: its cells and its control. */
import { z } from 'zod';
import type { Cell } from '../../plan/cell.js';
import type { Plan } from '../../plan/plan.js';
import { obstacle } from './obstacles.js';
import { factors, fields, maybeText, number, numbers, text, textByName } from './parts.js';

export const uninterrupted = z
  .enum([
    'slices off',
    'no duration',
    'open loop',
    'immediate start',
    'lifetimes',
    'long transfers',
    'accept queue',
    'memory',
    'client',
    'control',
    'control queue',
    'no server',
  ])
  .nullable();

const lifetime = z.union([
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('fixed'), ns: number }),
  z.object({ kind: z.literal('uniform'), lowNs: number, highNs: number }),
  z.object({ kind: z.literal('exponential'), meanNs: number }),
]);

const cell = z.object({
  ...fields(
    [
      'number',
      'connections',
      'idle',
      'rate',
      'exchangeBytes',
      'repeat',
      'workers',
      'processes',
      'hosts',
      'loops',
      'durationNs',
      'warmupNs',
      'perConnection',
      'retries',
      'timeoutNs',
      'stallNs',
      'clientProcesses',
      'clientThreads',
      'port',
      'backlog',
    ],
    number,
  ).shape,
  server: text,
  control: text,
  service: text,
  factors,
  serviceOptions: textByName,
  protocolOptions: textByName,
  arrival: z.enum(['constant', 'poisson']),
  start: z.enum(['barrier', 'immediate']),
  slices: z.enum(['on', 'off']),
  lifetime,
  serverCpus: numbers,
  clientCpus: numbers,
  host: text,
  accept: z.enum(['shared', 'reuseport']),
  congestion: maybeText,
  uninterrupted,
  skipped: obstacle.nullable(),
}) satisfies z.ZodType<Cell>;

const stopping = z.union([
  z.object({ kind: z.literal('blocks') }),
  z.object({ kind: z.literal('stable'), share: number }),
  z.object({ kind: z.literal('budget'), ns: number }),
]);

export const plan = z.object({
  cells: z.array(cell).readonly(),
  control: cell.nullable(),
  blocks: number,
  stopping,
  seed: number,
}) satisfies z.ZodType<Plan>;
