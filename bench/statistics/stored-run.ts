/** A run as read from its files: the input of a report. */
import type { Environment } from '../../lib/system/environment.js';
import type { Plan } from '../plan/plan.js';
import type { TrialRecord } from '../record.js';
import type { RampQuestion } from './ramp-result.js';

/** The answers in one whole second of the window. */
export interface Second {
  /** Seconds since the start of the window, from 0. */
  readonly second: number;
  readonly requests: number;
  readonly p99Us: number | null;
}

/** Data from a trial's own files. */
export interface TrialDetails {
  readonly trial: number;
  readonly seconds: readonly Second[];
  /** Mean service times of the connections in µs, sorted; a sample if there are many. */
  readonly serviceMeans: readonly Ranked[];
  readonly connectionsWithMean: number;
}

/** A value and its relative rank among all values, 0 to 1. */
export interface Ranked {
  readonly rank: number;
  readonly value: number;
}

export interface StoredRun {
  readonly command: readonly string[];
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly plan: Plan;
  /** The name of its preset; null if its options were given one by one. */
  readonly preset: string | null;
  /** Null unless the run is a ramp. */
  readonly ramp: RampQuestion | null;
  readonly environment: Environment;
  readonly records: readonly TrialRecord[];
  /** Details of each cell's typical trial, by cell number. */
  readonly details: ReadonlyMap<number, TrialDetails>;
}
