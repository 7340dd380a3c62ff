/** How many CPUs a cell's server can keep busy. Pure. */
import { modelNamed } from '../../lib/catalog/models.js';
import type { Cell } from './plan.js';

/** A CPU that is busy for this share of the window has none to spare. */
export const SATURATED = 0.95;

export function usableCpus(cell: Cell): number {
  if (cell.hosts === 0) return 0; // the server is somebody else's
  const { topology } = modelNamed(cell.server);
  const parallel = topology === 'one loop' ? cell.hosts * cell.loops : cell.connections;
  return Math.min(cell.serverCpus.length, parallel);
}
