/** How a trial tells an onlooker where it is. */
import type { Client } from '../../lib/load/client.js';

export type PhaseName = 'starting' | 'connecting' | 'measuring' | 'collecting';

export interface Watch {
  /** A phase begins; while a client is given, its progress can be asked for. */
  phase(name: PhaseName, client?: Client): void;
}
