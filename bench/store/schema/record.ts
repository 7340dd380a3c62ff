/** The schema of a line of trials.jsonl. */
import { z } from 'zod';
import type { TrialRecord } from '../../record.js';
import { notes, problems } from './facts.js';
import { measurement } from './measurement.js';
import { factors, fields, maybe, maybeText, number, text } from './parts.js';
import { uninterrupted } from './plan.js';

/** A record as it is stored: with the identifier of its run. */
export type StoredRecord = TrialRecord & { readonly run: string };

const verdict = z.object({
  valid: z.boolean(),
  clientBound: z.boolean(),
  problems,
  notes,
});

const machine = z.object({
  seconds: number,
  ...fields(
    ['stealShare', 'busyCpus', 'othersCpus', 'loadAverageBefore', 'loadAverageAfter'],
    maybe,
  ).shape,
  frequency: fields(['minMhz', 'meanMhz', 'maxMhz'], number).nullable(),
  throttling: fields(['periods', 'seconds'], number).nullable(),
});

export const storedRecord = z.object({
  run: text,
  ...fields(
    [
      'trial',
      'block',
      'cell',
      'connections',
      'idle',
      'rate',
      'repeat',
      'workers',
      'clientProcesses',
      'clientThreads',
      'seed',
    ],
    number,
  ).shape,
  server: text,
  service: text,
  factors,
  uninterrupted,
  machine: machine.nullable(),
  startedAt: z.iso.datetime(),
  phases: fields(['startMs', 'connectMs', 'acceptMs', 'trafficMs', 'finishMs'], number),
  measurement: measurement.nullable(),
  verdict,
  error: maybeText,
}) satisfies z.ZodType<StoredRecord>;
