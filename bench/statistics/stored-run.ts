/** A run as its files tell it: what a report is made of. */
import type { Environment } from '../../lib/system/environment.js';
import type { Plan } from '../plan/plan.js';
import type { TrialRecord } from '../record.js';
import type { RampQuestion } from './climb.js';

/** What was answered in a whole second of the window. */
export interface Second {
  /** From 0, since the window began. */
  readonly second: number;
  readonly requests: number;
  readonly p99Us: number | null;
}

/** What is read of a trial's own files. */
export interface TrialDetails {
  readonly trial: number;
  readonly seconds: readonly Second[];
  /** The mean service time of each connection in µs, sorted; thinned out where there are many. */
  readonly serviceMeans: readonly Ranked[];
  readonly connectionsWithMean: number;
}

/** A value, and its rank among all that were sorted, 0 to 1. */
export interface Ranked {
  readonly rank: number;
  readonly value: number;
}

export interface StoredRun {
  readonly command: readonly string[];
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly plan: Plan;
  /** Null unless it is a ramp's. */
  readonly ramp: RampQuestion | null;
  readonly environment: Environment;
  readonly records: readonly TrialRecord[];
  /** Of each cell's typical trial, by the cell's number. */
  readonly details: ReadonlyMap<number, TrialDetails>;
}
