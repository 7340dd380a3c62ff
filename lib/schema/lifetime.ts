/** The schema of the minimum lifetime of a connection; its messages are spread over it. */
import { z } from 'zod';
import { number, type Of } from './parts.js';

export const lifetime = z.union([
  /** The connection closes after its last answer. */
  z.object({ kind: z.literal('none') }),
  /** Every connection lives `ns` nanoseconds. */
  z.object({ kind: z.literal('fixed'), ns: number }),
  /** Uniformly distributed from `lowNs` to `highNs` nanoseconds, both included. */
  z.object({ kind: z.literal('uniform'), lowNs: number, highNs: number }),
  /** Exponentially distributed with a mean of `meanNs` nanoseconds. */
  z.object({ kind: z.literal('exponential'), meanNs: number }),
]);

export type Lifetime = Of<typeof lifetime>;
