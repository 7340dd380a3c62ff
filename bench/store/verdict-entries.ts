/** verdicts.json: every pair of servers under each load and by each metric, for machines to read. */
import type { Cell } from '../plan/plan.js';
import type { Basis } from '../statistics/basis.js';
import type { Unranked } from '../statistics/contenders.js';
import type { LoadLevel } from '../statistics/load-level.js';
import type { MetricName } from '../statistics/metrics.js';
import { MARGIN, type PairVerdict } from '../statistics/simultaneous.js';
import type { LoadVerdict } from '../statistics/verdicts.js';

export const VERDICTS_FILE = 'verdicts.json';

/** Servers are named as in summary.json, with ` ×N` for N workers. */
export interface VerdictEntry {
  readonly load: LoadLevel;
  readonly metric: MetricName;
  /** That were begun. */
  readonly blocks: number;
  /** The equivalence margin: two servers are the same if their interval lies between 1/(1+margin) and 1+margin. */
  readonly margin: number;
  /** Confidence level of all intervals of the entry together; above 0.95 in a run that may end early. */
  readonly level: number;
  readonly pairs: readonly {
    readonly a: string;
    readonly b: string;
    /** `control`: ratios to the control in alternating slices are compared; `block`: trials of the same block. */
    readonly basis: Basis;
    /** With a valid trial of both. */
    readonly blocks: number;
    /** Of a's figure to b's. Null: no block has both. */
    readonly ratio: number | null;
    /** Simultaneous at the entry's level. Null: one of the two isn't ranked, or they have fewer than 3 blocks in common. */
    readonly low: number | null;
    readonly high: number | null;
    readonly verdict: PairVerdict;
    /** Blocks of a run with `--trials` that would decide an undecided pair if ratio and spread stay the same; null: unknown, or too many. */
    readonly blocksNeeded: number | null;
  }[];
  /** The best first; then those that aren't ranked. */
  readonly groups: readonly {
    readonly server: string;
    /** Two servers share a letter if, and only if, they aren't different; empty for one that isn't ranked. */
    readonly letters: string;
    readonly validBlocks: number;
    /** Why it isn't ranked; null: it is. */
    readonly unranked: Unranked | null;
  }[];
}

export function verdictEntries(verdicts: readonly LoadVerdict[]): readonly VerdictEntry[] {
  return verdicts.map(({ load, metric, blocks, alpha, pairs, standings }) => ({
    load,
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
