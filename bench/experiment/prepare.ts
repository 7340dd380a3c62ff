/** Makes what all trials of a run share, before the first. */
import type { Cell } from '../plan/plan.js';
import { serviceNamed } from '../services/registry.js';

/** `show` gets a line for each part. Ends early if `signal` is aborted. */
export async function prepare(
  cells: readonly Cell[],
  show: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const runnable = cells.filter(({ skipped }) => skipped === null);
  const [first] = runnable;
  const lines = first && serviceNamed(first.service).prepare?.(runnable, signal);
  try {
    for await (const line of lines ?? []) show(line);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
