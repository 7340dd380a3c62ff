/** The entries of verdicts.json: every pair of servers under each load, by each metric. */

import { factorValues } from '../plan/load-level.js';
import type { Cell } from '../plan/plan.js';
import type { VerdictEntry } from '../schema/verdicts.js';
import { MARGIN } from '../statistics/simultaneous.js';
import type { LoadVerdict } from '../statistics/verdicts.js';

export const VERDICTS_FILE = 'verdicts.json';

export function verdictEntries(verdicts: readonly LoadVerdict[]): readonly VerdictEntry[] {
  return verdicts.map(({ load, metric, blocks, alpha, pairs, standings }) => ({
    load: factorValues(load),
    metric,
    blocks,
    margin: MARGIN,
    level: 1 - alpha,
    pairs: pairs.map(({ a, b, ...pair }) => ({ a: nameOf(a), b: nameOf(b), ...pair })),
    groups: standings.map(({ cell, letters, blocks: validBlocks, unranked }) => ({
      server: nameOf(cell),
      letters,
      validBlocks,
      unranked,
    })),
  }));
}

function nameOf({ server, workers }: Cell): string {
  return workers > 1 ? `${server} ×${workers}` : server;
}
