/** Makes what the trials of a run share, before the first that needs it. */
import { groupBy } from '../../lib/group.js';
import type { Cell } from '../plan/plan.js';
import { INTERRUPTED } from '../record.js';
import { notTried, type Perform } from '../run/trial-run.js';
import { servedService, serviceNamed } from '../services/registry.js';

/** Gets a line for each part. */
type Show = (line: string) => void;

/** Ends early if `signal` is aborted. */
export async function prepare(
  cells: readonly Cell[],
  show: Show,
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

/** For cells that are not known before the run: what they share is made before their trial, and not in its time. */
export function withPreparation(perform: Perform, show: Show): Perform {
  return async (trial, watch, signal) => {
    try {
      await prepare([trial.cell], show, signal);
    } catch (error) {
      return notTried((error as Error).message);
    }
    return signal.aborted ? notTried(INTERRUPTED) : perform(trial, watch, signal);
  };
}
