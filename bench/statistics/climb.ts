/** How far each server of a ramp holds, and what breaks it there. Pure. */

import type { Plan } from '../plan/plan.js';
import { bounds, LOADS, type LoadName, type Search, type Tried } from '../plan/ramp.js';
import { finished, type TrialRecord } from '../record.js';
import { type Condition, type Judgement, judgeLevel } from './service-level.js';
import { type Row, summarize } from './summarize.js';

/** What a ramp asks, for run.json and for who reads it again. */
export interface RampQuestion extends Search {
  readonly raised: LoadName;
  /** Empty: the default service level. */
  readonly conditions: readonly Condition[];
}

/** One server's way up. */
export interface Climb {
  readonly server: string;
  /** In rising order. */
  readonly tried: readonly Tried[];
  /** The most that held; 0 if no level did. */
  readonly held: number;
  /** The least that broke beyond it; null if all held. */
  readonly broken: ({ readonly level: number } & Judgement) | null;
}

/** One for each server, in the order of the cells. */
export function climbsOf(
  { cells }: Pick<Plan, 'cells'>,
  records: readonly TrialRecord[],
  question: RampQuestion,
): Climb[] {
  const rows = summarize(
    { cells, control: null, blocks: 1, stopping: { kind: 'blocks' } },
    finished(records),
  );
  const tried = rows.filter(({ trials, skipped }) => trials > 0 || skipped !== null);
  const servers = [...new Set(tried.map(({ server }) => server))];
  return servers.map((server) =>
    climbOf(
      server,
      tried.filter((row) => row.server === server),
      question,
    ),
  );
}

function climbOf(
  server: string,
  rows: readonly Row[],
  { raised, conditions }: RampQuestion,
): Climb {
  const rising = rows.toSorted((a, b) => LOADS[raised].of(a) - LOADS[raised].of(b));
  const judged = rising.map((row, i) => ({
    level: LOADS[raised].of(row),
    ...judgeLevel(row, conditions, rising.slice(0, i)),
  }));
  const { held, broken } = bounds(judged);
  return {
    server,
    tried: judged.map(({ level, holds }) => ({ level, holds })),
    held,
    broken: judged.find(({ level }) => level === broken) ?? null,
  };
}
