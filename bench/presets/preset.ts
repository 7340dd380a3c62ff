/** An experiment under a name. */
import type { EchoOptions } from '../plan/plan.js';

export interface Preset {
  readonly name: string;
  readonly about: string;
  /** What all its parts have in common, and an option on the command line can't change. */
  readonly common: Partial<EchoOptions>;
  /** Each part multiplies its own lists. */
  readonly parts: readonly (Pick<EchoOptions, 'servers' | 'connections'> & Partial<EchoOptions>)[];
}
