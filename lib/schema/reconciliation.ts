/** The schema of a reconciliation: whether both sides counted the same on each connection. */
import { z } from 'zod';
import { number, type Of, text } from './parts.js';

const mismatch = z.object({
  /** The client's ADDRESS:PORT. */
  connection: text,
  /** The difference, as text. */
  what: text,
});

export const reconciliation = z.object({
  /** The number of compared connections. */
  compared: number,
  mismatches: number,
  /** Connections whose rows were lost with a server process that died. */
  unknown: number,
  /** The first few mismatches. */
  examples: z.array(mismatch).readonly(),
});

export type Mismatch = Of<typeof mismatch>;
export type Reconciliation = Of<typeof reconciliation>;
