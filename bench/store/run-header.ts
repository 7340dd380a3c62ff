/** What run.json says of a run. */
import type { Environment } from '../../lib/system/environment.js';
import type { Plan } from '../plan/plan.js';
import type { RampQuestion } from '../statistics/climb.js';

/** The version of the files' layout. */
export const SCHEMA = 3;

export interface RunHeader {
  /** The version of the files' layout. */
  readonly schema: number;
  /** Random; every record of the run repeats it. */
  readonly id: string;
  readonly name: string;
  readonly command: readonly string[];
  readonly startedAt: string;
  /** As checked and completed. */
  readonly options: object;
  readonly plan: Plan;
  /** What a ramp looks for; other runs don't have it. */
  readonly ramp?: RampQuestion;
  readonly environment: Environment;
}
