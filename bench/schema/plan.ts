/** The schema of a plan: its cells and its controls. */
import { z } from 'zod';
import { number, type Of } from '../../lib/schema/parts.js';
import { cell } from './cell.js';

const stopping = z.union([
  /** After the requested number of blocks. */
  z.object({ kind: z.literal('blocks') }),
  /** When the half-width of every interval is at most `share` of its ratio. */
  z.object({ kind: z.literal('stable'), share: number }),
  /** When every pair of servers with valid trials is decided, or the time is used up. */
  z.object({ kind: z.literal('budget'), ns: number }),
]);

export const plan = z.object({
  cells: z.array(cell).readonly(),
  /**
   * The control under each load of cells that are not sliced, once in each block: one of `cells`, or an extra cell. Empty
   * if each cell is sliced or there is no server to run. The first one's trials show how steady the machine is.
   */
  controls: z.array(cell).readonly(),
  /** Blocks to run; with a stopping rule, the minimum. */
  blocks: number,
  stopping,
  seed: number,
});

export type Stopping = Of<typeof stopping>;
export type Plan = Of<typeof plan>;
