/** A named experiment. */
import type { ExperimentOptions } from '../plan/plan.js';

/** A test case: a section of the report, over some of the preset's cells. */
export interface TestCase {
  readonly title: string;
  readonly about: string;
  /** Its cells: these servers under these numbers of connections. */
  readonly servers: readonly string[];
  readonly connections: readonly number[];
}

export interface Preset {
  readonly name: string;
  readonly service: string;
  readonly about: string;
  /** In the order of the report. */
  readonly cases: readonly TestCase[];
  /** Options of the service's server, as commander names them, that the original experiment did not fix. */
  readonly leaves?: readonly string[];
  /** Options of all parts; the command line can't change them, except what the preset leaves open. */
  readonly common: Partial<ExperimentOptions>;
  /** Each part has one cell per combination of its lists. */
  readonly parts: readonly (Pick<ExperimentOptions, 'servers' | 'connections'> &
    Partial<ExperimentOptions>)[];
}
