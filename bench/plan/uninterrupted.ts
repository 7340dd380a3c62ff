/** Whether a trial can be measured in slices that alternate with the control, and why not. Pure. */

import { clientObstacle, type Machine } from '../../lib/catalog/ceilings.js';
import { obstacle } from '../../lib/catalog/fits.js';
import { modelNamed } from '../../lib/catalog/models.js';
import { type Cell, demandOf, shapeOf, type Uninterrupted } from './cell.js';
import { storageObstacle } from './storage.js';

type Undecided = Omit<Cell, 'uninterrupted' | 'skipped'>;

/** Memory of a connection in bytes: in the kernel, both ends, and in both processes. */
const BYTES_PER_CONNECTION = 12 * 1024;
/**
 * A slice ends when all outstanding exchanges are complete, and must hold several of them. Per second of duration, because
 * slices are shorter if the duration is.
 */
const MOST_OUTSTANDING_BYTES_PER_S = 64 * 2 ** 20;
/** Fraction of the available memory that the control's connections may use. */
const MEMORY_SHARE = 0.4;

/** Whether a gate can pause and resume all connections, because nothing else decides when they send. */
export function isGated(cell: Undecided): boolean {
  return gateObstacle(cell) === null;
}

function gateObstacle(cell: Undecided): Uninterrupted | null {
  if (cell.hosts === 0) return 'no server';
  if (cell.durationNs === 0) return 'no duration';
  if (cell.rate > 0) return 'open loop';
  if (cell.start === 'immediate') return 'immediate start';
  if (cell.lifetime.kind !== 'none') return 'lifetimes';
  const outstanding = cell.connections * cell.exchangeBytes;
  if (outstanding > MOST_OUTSTANDING_BYTES_PER_S * (cell.durationNs / 1e9)) return 'long transfers';
  // Connections in the accept queue have sent a message, but get no answer while others, also idle ones, occupy the workers.
  return hasQueue(cell) ? 'accept queue' : null;
}

/** Whether connections wait in the accept queue while all workers of a pool are occupied. */
export function hasQueue({
  server,
  hosts,
  loops,
  connections,
  idle,
}: Pick<Cell, 'server' | 'hosts' | 'loops' | 'connections' | 'idle'>): boolean {
  return hosts > 0 && modelNamed(server).serial && connections + idle > hosts * loops;
}

/** Null: the trial is sliced. */
export function whyUninterrupted(cell: Undecided, machine: Machine): Uninterrupted | null {
  if (cell.slices === 'off') return 'slices off';
  const held = gateObstacle(cell);
  if (held !== null) return held;
  const { availableMemory } = machine;
  const needed = (cell.connections + cell.idle) * BYTES_PER_CONNECTION;
  if (availableMemory !== null && needed > availableMemory * MEMORY_SHARE) return 'memory';
  if (storageObstacle(cell, machine, 2) !== null) return 'storage';
  // The control has as many client processes as the server.
  if (clientObstacle(2 * cell.clientProcesses, cell.clientThreads, machine) !== null)
    return 'client';
  const control = controlBeside(cell);
  const fits = obstacle(modelNamed(control.server), demandOf(control), machine) === null;
  if (!fits) return 'control';
  return gateObstacle(control) === null ? null : 'control queue';
}

/** The cell of the control beside the server: the same number of processes, its default workers, any free port. */
export function controlBeside<Beside extends Undecided>(cell: Beside): Beside {
  const model = modelNamed(cell.control);
  const shape = shapeOf(model, model.defaultWorkers, cell.processes);
  return { ...cell, ...shape, server: cell.control, port: 0 };
}
