/** The contents of run.json. */
import type { Environment } from '../../lib/system/environment.js';
import type { Plan } from '../plan/plan.js';
import type { RampQuestion } from '../statistics/ramp-result.js';

/** The version of the files' layout. */
export const SCHEMA = 4;
/** The versions that can be read. */
export const READABLE: readonly number[] = [3, SCHEMA];

export interface RunHeader {
  /** The version of the files' layout. */
  readonly schema: number;
  /** Random; every record of the run has it too. */
  readonly id: string;
  readonly name: string;
  readonly command: readonly string[];
  readonly startedAt: string;
  /** The options after validation, with defaults. */
  readonly options: object;
  readonly plan: Plan;
  /** The settings of a ramp; undefined for other runs. */
  readonly ramp?: RampQuestion;
  readonly environment: Environment;
}
