/** How the clients of a cell are spread over processes and threads. Pure. */
import { type Machine, OWN_DESCRIPTORS } from '../../lib/catalog/ceilings.js';
import type { ClientPool, ExperimentOptions } from './cell.js';

/** The most threads of a client process. */
export const MOST_THREADS = 256;

export const CLIENT_POOLS = ['loop', 'threads', 'processes'] as const satisfies ClientPool[];

export interface ClientShape {
  readonly clientProcesses: number;
  /** Per process. */
  readonly clientThreads: number;
}

export function clientShape(
  connections: number,
  idle: number,
  options: ExperimentOptions,
  { limits }: Machine,
): ClientShape {
  const { hard } = limits.descriptors;
  const open = connections + idle;
  const each = typeof hard === 'number' ? Math.max(1, hard - OWN_DESCRIPTORS) : open;
  const clientProcesses = Math.max(leastProcesses(connections, options), Math.ceil(open / each));
  return { clientProcesses, clientThreads: threadsOf(clientProcesses, connections, options) };
}

/** The requested number, or that of the pool; the limit of descriptors may require more. */
function leastProcesses(
  connections: number,
  { clientPool, clientProcesses }: Pick<ExperimentOptions, 'clientPool' | 'clientProcesses'>,
): number {
  if (clientPool === 'processes') return connections;
  if (clientPool === 'threads') return Math.ceil(connections / MOST_THREADS);
  return clientProcesses;
}

/** In a loop one thread per client CPU by default, because with more threads their scheduling is measured too. */
function threadsOf(
  processes: number,
  connections: number,
  { clientPool, clientThreads, clientCpus }: ExperimentOptions,
): number {
  const useful = Math.max(1, Math.ceil(connections / processes));
  if (clientPool !== 'loop') return useful;
  const fitting = Math.max(1, Math.floor(clientCpus.length / processes));
  return Math.min(clientThreads ?? fitting, useful);
}
