/** A named experiment. */
import type { EchoOptions } from '../plan/plan.js';

export interface Preset {
  readonly name: string;
  readonly about: string;
  /** Options of all parts; the command line can't change them. */
  readonly common: Partial<EchoOptions>;
  /** Each part has one cell per combination of its lists. */
  readonly parts: readonly (Pick<EchoOptions, 'servers' | 'connections'> & Partial<EchoOptions>)[];
}
