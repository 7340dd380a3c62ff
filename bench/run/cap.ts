/** The cap: ends the traffic of a trial that takes too long. Its cell is not tried again. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '../../lib/load/client.js';
import type { TrialRecord } from '../record.js';
import { notTried, type Perform, type TrialRun } from './trial-run.js';

/** Resolves when all messages have been answered, or the cap has ended the traffic. */
export async function drainedOrCapped(run: TrialRun, client: Client): Promise<void> {
  const { capNs } = run.cell;
  const drained = client.drained();
  if (capNs === 0) return drained;
  const timer = new AbortController();
  const cap = sleep(capNs / 1e6, true, { signal: timer.signal }).catch(() => false);
  try {
    const isCapped = await Promise.race([drained.then(() => false), cap]);
    if (!isCapped) return;
    run.record({ isCapped });
    await client.abort();
    await drained;
  } finally {
    timer.abort();
  }
}

/** `before`: the records of a run that is continued. */
export function withoutCappedCells(perform: Perform, before: readonly TrialRecord[]): Perform {
  const capped = new Set(before.filter(wasCapped).map(({ cell }) => cell));
  return async (trial, watch, signal) => {
    const { number } = trial.cell;
    if (capped.has(number))
      return notTried('not tried again, because an earlier trial exceeded the cap');
    const outcome = await perform(trial, watch, signal);
    if (outcome.evidence.isCapped) capped.add(number);
    return outcome;
  };
}

function wasCapped({ verdict }: TrialRecord): boolean {
  return verdict.problems.some(({ kind }) => kind === 'cap exceeded');
}
