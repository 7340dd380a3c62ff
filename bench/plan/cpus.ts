/** How many CPUs a cell's server can keep busy. Pure. */
import { modelNamed } from '../../lib/catalog/models.js';
import type { Cell } from './plan.js';

/** From this share of the window on, a CPU counts as saturated. */
export const SATURATED = 0.95;

export function usableCpus(cell: Cell): number {
  if (cell.hosts === 0) return 0; // the server is not started by c10k
  const { topology } = modelNamed(cell.server);
  const parallel = topology === 'one loop' ? cell.hosts * cell.loops : cell.connections;
  return Math.min(cell.serverCpus.length, parallel);
}
