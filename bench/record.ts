/** The record of a trial, and what is computed from it alone. The stages after the run read only records. */
import type { OpenLoop } from './schema/measurement.js';
import type { TrialRecord } from './schema/record.js';

export type { Transfers } from '../lib/schema/transfers.js';
export type {
  CpuUse,
  InFlight,
  Measurement,
  OpenLoop,
  RoleFigures,
  Slices,
} from './schema/measurement.js';
export type { Phases, TrialRecord, Verdict } from './schema/record.js';

/** An open loop with a lower achieved ratio did not apply the target rate. */
export const LEAST_ACHIEVED = 0.95;

/** The smaller of sent and answered, divided by the messages due in the window; null in a closed loop. */
export function achievedRatio(openLoop: OpenLoop | null, answered: number): number | null {
  if (openLoop === null || openLoop.scheduled === 0) return null;
  return Math.min(openLoop.sent, answered) / openLoop.scheduled;
}

/** The `error` of a trial that the user interrupted. */
export const INTERRUPTED = 'interrupted';

/** Without interrupted trials, because they show nothing about their server. */
export function finished(records: readonly TrialRecord[]): TrialRecord[] {
  return records.filter(({ error }) => error !== INTERRUPTED);
}
