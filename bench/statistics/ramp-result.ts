/** The highest level that each server of a ramp holds, and what breaks the next one. Pure. */
import { isInconclusive } from '../facts.js';
import { factorValue } from '../plan/load-level.js';
import { type Cell, isControlOf, type Plan } from '../plan/plan.js';
import { type Bounds, bounds, type Tried } from '../plan/ramp.js';
import { finished, type TrialRecord } from '../record.js';
import type { RampQuestion } from '../schema/run.js';
import { type Breach, type Cause, type Judgement, judgeLevel } from './service-level.js';
import { type Row, summarize } from './summarize.js';

export type { RampQuestion };

/**
 * `judged`: trials show whether the level holds. `impossible`: it can't be run. `inconclusive`: every trial was invalid
 * for a reason other than the server.
 */
export type Outcome = 'judged' | 'impossible' | 'inconclusive';

/** The result of a ramp for one server. */
export interface RampResult extends Omit<Bounds, 'broken'> {
  readonly server: string;
  /** By rising level. */
  readonly tried: readonly TriedLevel[];
  /** The lowest level above `held` that broke, its first trial that broke, and the reason; null if all levels held. */
  readonly broken: {
    readonly level: number;
    readonly trial: number | null;
    readonly breach: Breach;
    readonly cause: Cause | null;
  } | null;
}

export interface TriedLevel extends Tried {
  readonly outcome: Outcome;
  /** Trials that were invalid for a reason other than the server. `trials` excludes them, unless there are no others. */
  readonly leftOut: number;
}

/** One per server that was tried, in the order of the servers. */
export function rampResults(
  { cells }: Pick<Plan, 'cells'>,
  records: readonly TrialRecord[],
  question: RampQuestion,
): RampResult[] {
  const done = finished(records);
  return question.servers.flatMap((server) => {
    const levels = levelsOf(server, cells, done);
    return levels.length === 0 ? [] : [resultOf(server, levels, question)];
  });
}

/** A level of a server: a row over its conclusive trials, or over all if there are none, and a row for each of them. */
interface Level {
  readonly cell: Cell;
  readonly outcome: Outcome;
  readonly row: Row;
  readonly single: readonly { readonly trial: number; readonly row: Row }[];
  readonly leftOut: number;
}

function levelsOf(
  server: string,
  cells: readonly Cell[],
  records: readonly TrialRecord[],
): Level[] {
  return cells.flatMap((cell) => {
    if (cell.server !== server) return [];
    const own = records.filter((record) => record.cell === cell.number);
    if (own.length === 0 && cell.skipped === null) return [];
    const beside = cells.find((other) => other !== cell && isControlOf(other, cell));
    const rowOf = (some: readonly TrialRecord[]) => {
      const blocks = new Set(some.map(({ block }) => block));
      const others = records.filter(
        (record) => record.cell === beside?.number && blocks.has(record.block),
      );
      return summarizeAlone(beside ? [cell, beside] : [cell], [...some, ...others]);
    };
    const conclusive = own.filter(({ verdict }) => !isInconclusive(verdict.problems));
    const counted = conclusive.length > 0 ? conclusive : own;
    const outcome =
      own.length === 0 ? 'impossible' : conclusive.length === 0 ? 'inconclusive' : 'judged';
    const single = counted.map((record) => ({ trial: record.trial, row: rowOf([record]) }));
    return [
      { cell, outcome, row: rowOf(counted), single, leftOut: own.length - conclusive.length },
    ];
  });
}

/** The row of the first cell. */
function summarizeAlone(cells: readonly Cell[], records: readonly TrialRecord[]): Row {
  const plan = { cells, controls: [], blocks: 1, stopping: { kind: 'blocks' } } as const;
  return summarize(plan, records)[0] as Row;
}

function resultOf(
  server: string,
  levels: readonly Level[],
  { factor, conditions }: RampQuestion,
): RampResult {
  const levelOf = ({ cell }: Level) => factorValue(cell, factor) as number;
  const rising = levels.toSorted((a, b) => levelOf(a) - levelOf(b));
  const judged = rising.map((each, i) => {
    const smaller = rising.slice(0, i).map(({ row }) => row);
    const judgements = each.single.map(({ trial, row }) => ({
      trial,
      ...judgeLevel(row, conditions, smaller),
    }));
    const level = { trial: null, ...judgeLevel(each.row, conditions, smaller) };
    return {
      level: levelOf(each),
      // A level that can't be run or judged counts as one trial that broke, so that it ends the search.
      trials: Math.max(1, each.single.length),
      outcome: each.outcome,
      leftOut: each.leftOut,
      held: judgements.filter(({ breach }) => breach === null).length,
      why: judgements.find(({ breach }) => breach !== null) ?? level,
    };
  });
  const { broken, ...found } = bounds(judged);
  const breaking = judged.find(({ level }) => level === broken);
  return {
    server,
    ...found,
    tried: judged.map(({ why, ...tried }) => tried),
    broken: breaking === undefined ? null : brokenOf(breaking.level, breaking.why),
  };
}

function brokenOf(
  level: number,
  { trial, breach, cause }: Judgement & { readonly trial: number | null },
): RampResult['broken'] {
  return { level, trial, breach: breach ?? { kind: 'no valid trial' }, cause };
}
