/** The entries of verdicts.json: every pair of servers under each load, by each metric. */
import type { Cell } from '../plan/plan.js';
import type { FactorValues } from '../services/service.js';
import type { Unranked } from '../statistics/contenders.js';
import { factorValues } from '../statistics/load-level.js';
import type { MetricName } from '../statistics/metrics.js';
import { MARGIN } from '../statistics/simultaneous.js';
import type { LoadVerdict, PairOfCells } from '../statistics/verdicts.js';

export const VERDICTS_FILE = 'verdicts.json';

/** A pair with its servers' names. */
type NamedPair = Omit<PairOfCells, 'a' | 'b'> & { readonly a: string; readonly b: string };

/** Servers are named as in summary.json, with ` ×N` for N workers. */
export interface VerdictEntry {
  /** The values of all factors. */
  readonly load: FactorValues;
  readonly metric: MetricName;
  /** Number of blocks that were begun. */
  readonly blocks: number;
  /** The equivalence margin: two servers are the same if their interval lies between 1/(1+margin) and 1+margin. */
  readonly margin: number;
  /** Simultaneous confidence level of the entry's intervals; above 0.95 in a run that can end early. */
  readonly level: number;
  readonly pairs: readonly NamedPair[];
  /** Ranked servers, best first, then the others. */
  readonly groups: readonly {
    readonly server: string;
    /** Two servers share a letter if and only if they aren't different; empty if not ranked. */
    readonly letters: string;
    readonly validBlocks: number;
    /** Why it isn't ranked; null if it is. */
    readonly unranked: Unranked | null;
  }[];
}

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
