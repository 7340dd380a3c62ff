/** The schema of the record of a trial: a line of trials.jsonl. */
import { z } from 'zod';
import { machineLoad } from '../../lib/schema/machine-load.js';
import { maybeText, number, type Of, text } from '../../lib/schema/parts.js';
import { uninterrupted } from './cell.js';
import { notes, problems } from './facts.js';
import { measurement } from './measurement.js';
import { factorValues } from './service-load.js';

/** Duration of each phase, in ms. */
const phases = z.object({
  /** Starting the processes of both sides. */
  startMs: number,
  connectMs: number,
  /** From the last connect() until the server had accepted all connections. */
  acceptMs: number,
  trafficMs: number,
  /** Collecting, reconciling and ending the processes. */
  finishMs: number,
});

const verdict = z.object({
  valid: z.boolean(),
  /** The client's CPU was saturated and the server's was not, so the client limited the throughput. */
  clientBound: z.boolean(),
  /** Make the trial invalid. */
  problems,
  /** Don't make the trial invalid. */
  notes,
});

export const storedRecord = z.object({
  /** The identifier of the run. */
  run: text,
  trial: number,
  block: number,
  cell: number,
  connections: number,
  idle: number,
  rate: number,
  repeat: number,
  workers: number,
  clientProcesses: number,
  clientThreads: number,
  seed: number,
  server: text,
  service: text,
  /** The values of the service's factors. */
  factors: factorValues,
  /** Why the trial was not sliced; null if it was. */
  uninterrupted: uninterrupted.nullable(),
  /** The type of the file system that holds the server's files, e.g. `tmpfs`; null: it has none, or it is unknown. */
  fileSystem: maybeText,
  /** Other load on the machine, from before the server started to the end of traffic; null if the trial was aborted. */
  machine: machineLoad.nullable(),
  /** UTC. */
  startedAt: z.iso.datetime(),
  phases,
  measurement: measurement.nullable(),
  verdict,
  /** Why the trial was aborted; null if it completed. */
  error: maybeText,
});

export type Phases = Of<typeof phases>;
export type Verdict = Of<typeof verdict>;
/** A record as it is stored: with the identifier of its run. */
export type StoredRecord = Of<typeof storedRecord>;
export type TrialRecord = Omit<StoredRecord, 'run'>;
