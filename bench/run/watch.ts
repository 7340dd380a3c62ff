/** Reports a trial's current phase. */
import type { Client } from '../../lib/load/client.js';

export type PhaseName = 'starting' | 'connecting' | 'measuring' | 'collecting';

export interface Watch {
  /** Called when a phase begins. `client`: its progress can be read during the phase. */
  phase(name: PhaseName, client?: Client): void;
}
