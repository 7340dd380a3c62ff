/** Makes what all trials of a run share, before the first. */
import { groupBy } from '../../lib/group.js';
import type { Cell } from '../plan/plan.js';
import { servedService, serviceNamed } from '../services/registry.js';

/** `show` gets a line for each part. Ends early if `signal` is aborted. */
export async function prepare(
  cells: readonly Cell[],
  show: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const runnable = cells.filter(({ skipped }) => skipped === null);
  try {
    for (const [service, own] of groupBy(runnable, (cell) => servedService(cell).name))
      for await (const line of serviceNamed(service).prepare?.(own, signal) ?? []) show(line);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
