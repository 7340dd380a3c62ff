/** A named experiment. */
import type { ExperimentOptions } from '../plan/plan.js';

export interface Preset {
  readonly name: string;
  readonly service: string;
  readonly about: string;
  /** Options of all parts; the command line can't change them. */
  readonly common: Partial<ExperimentOptions>;
  /** Each part has one cell per combination of its lists. */
  readonly parts: readonly (Pick<ExperimentOptions, 'servers' | 'connections'> &
    Partial<ExperimentOptions>)[];
}
