/** Failures that were not retried, counted by kind. Pure. */
import type { ClientRow } from '../../lib/account/client-rows.js';

export function failuresByKind(rows: readonly ClientRow[]): Readonly<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const { failure, retried } of rows)
    if (failure !== '' && !retried) found[failure] = (found[failure] ?? 0) + 1;
  return found;
}
