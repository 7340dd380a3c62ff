/** Decides whether a level meets the service level, and if not, why. Pure. */

import type { Obstacle } from '../../lib/schema/obstacles.js';
import type { Note, Problem } from '../facts.js';
import { SATURATED } from '../plan/cpus.js';
import { LEAST_ACHIEVED } from '../record.js';
import type { Condition } from '../schema/run.js';
import type { Row } from './summarize.js';
import { FIGURES } from './thresholds.js';

export type { Condition };

/** Default service level of a closed loop: largest loss of efficiency against the best of the lower levels. */
export const MOST_LOSS = 0.3;

/** The requirement that was not met; for an invalid trial, its first problem. */
export type Breach =
  | Problem
  | { readonly kind: 'not possible'; readonly obstacle: Obstacle }
  | { readonly kind: 'no valid trial' }
  | { readonly kind: 'starved'; readonly starved: number; readonly connections: number }
  | { readonly kind: 'condition'; readonly condition: Condition; readonly isKnown: boolean }
  | { readonly kind: 'schedule'; readonly achievedRatio: number }
  /** Losses are fractions of the best of the lower levels. `controlLoss` null: unknown. */
  | { readonly kind: 'efficiency'; readonly loss: number; readonly controlLoss: number | null };

/** The cause of a breach, as shown by the counters. */
export type Cause =
  | Extract<Note, { kind: 'waiting in the accept queue' | 'accept queue overflowed' }>
  | { readonly kind: 'no descriptor' | 'no port' | 'client CPU' }
  | { readonly kind: 'server CPU'; readonly cpus: number };

export interface Judgement {
  /** Null: the level holds. */
  readonly breach: Breach | null;
  /** Null if the counters show none, if the level holds, or if it can't be run. */
  readonly cause: Cause | null;
}

/** A failure or an unanswered connection breaks the level under any conditions. */
export function judgeLevel(
  row: Row,
  conditions: readonly Condition[],
  smaller: readonly Row[],
): Judgement {
  if (row.skipped !== null)
    return { breach: { kind: 'not possible', obstacle: row.skipped }, cause: null };
  const breach =
    failureOf(row) ??
    lagOf(row) ??
    (conditions.length > 0 ? brokenOf(row, conditions) : lossOf(row, smaller));
  return { breach, cause: breach && causeOf(row, breach) };
}

function failureOf(row: Row): Breach | null {
  if (row.failures > 0 || row.valid === 0) return row.problems[0] ?? { kind: 'no valid trial' };
  const { starved, connections } = row;
  return starved === 0 ? null : { kind: 'starved', starved, connections };
}

function brokenOf(row: Row, conditions: readonly Condition[]): Breach | null {
  for (const condition of conditions) {
    const value = FIGURES[condition.metric](row);
    if (value === null) return { kind: 'condition', condition, isKnown: false };
    if (!isMet(value, condition)) return { kind: 'condition', condition, isKnown: true };
  }
  return null;
}

/** Below the least achieved ratio the target rate was not applied, so the level breaks under any conditions. */
function lagOf({ rate }: Row): Breach | null {
  const achievedRatio = rate?.achievedRatio ?? null;
  if (achievedRatio === null || achievedRatio >= LEAST_ACHIEVED) return null;
  return { kind: 'schedule', achievedRatio };
}

/** Closed loop only: in an open loop efficiency rises with the rate, because each wait returns more events. */
function lossOf(row: Row, smaller: readonly Row[]): Breach | null {
  if (row.rate !== null) return null;
  const loss = lossFrom(row, smaller, ({ efficiency }) => efficiency?.median ?? null);
  if (loss === null || loss <= MOST_LOSS) return null;
  const controlLoss = lossFrom(row, smaller, ({ control }) => control.efficiency);
  return { kind: 'efficiency', loss, controlLoss };
}

/** The loss against the best of the lower levels, as a fraction; null if a figure is unknown. */
function lossFrom(
  row: Row,
  smaller: readonly Row[],
  get: (row: Row) => number | null,
): number | null {
  const best = Math.max(0, ...smaller.map((each) => get(each) ?? 0));
  const own = get(row);
  return own === null || best === 0 ? null : 1 - own / best;
}

function isMet(value: number, { sign, bound }: Condition): boolean {
  if (sign === '=') return value === bound;
  return sign === '<' ? value < bound : value > bound;
}

function causeOf(row: Row, breach: Breach): Cause | null {
  for (const kind of ['no descriptor', 'no port'] as const)
    if (row.failuresByKind[kind]) return { kind };
  const queue = noteOf(row, 'waiting in the accept queue');
  if (queue !== undefined && row.starved > 0) return queue;
  // An overflow delays only new connections, and the counter includes every listener of the machine.
  const overflow = noteOf(row, 'accept queue overflowed');
  const ofConnecting = breach.kind === 'condition' && breach.condition.metric === 'connect-p99';
  if (overflow !== undefined && (row.failures > 0 || ofConnecting)) return overflow;
  if (row.clientBound) return { kind: 'client CPU' };
  const { serverBusy, serverUsable } = row.cpu;
  return serverBusy !== null && serverBusy >= SATURATED * serverUsable
    ? { kind: 'server CPU', cpus: serverUsable }
    : null;
}

function noteOf<Kind extends Note['kind']>({ notes }: Row, kind: Kind) {
  return notes.find((note): note is Extract<Note, { kind: Kind }> => note.kind === kind);
}
