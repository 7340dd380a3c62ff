/** Does a load keep the service level, and what broke it if not? Pure. */

import { SATURATED } from '../plan/cpus.js';
import { LEAST_ACHIEVED } from '../record.js';
import type { Row } from './summarize.js';
import { FIGURES, type FigureName } from './thresholds.js';

/** One condition that must hold: `p99<50ms`. */
export interface Condition {
  readonly text: string;
  readonly metric: FigureName;
  readonly sign: '<' | '>' | '=';
  /** In the metric's own unit: µs for times. */
  readonly bound: number;
}

/** Without conditions: in a closed loop efficiency may fall so far below the best of the smaller loads. */
export const MOST_LOSS = 0.3;

export interface Judgement {
  readonly holds: boolean;
  /** What was broken, in plain words; empty if nothing. */
  readonly broken: string;
  /** What the counters show as its reason; empty if they show none, or if that is what was broken. */
  readonly cause: string;
}

/** Whatever the conditions, a failure or a connection without an answer breaks the level. */
export function judgeLevel(
  row: Row,
  conditions: readonly Condition[],
  smaller: readonly Row[],
): Judgement {
  if (row.skipped !== null) return { holds: false, broken: row.skipped, cause: '' };
  const broken =
    failuresOf(row) ||
    lagOf(row) ||
    (conditions.length > 0 ? brokenOf(row, conditions) : lossOf(row, smaller));
  return { holds: broken === '', broken, cause: broken === '' ? '' : causeOf(row, broken) };
}

function failuresOf(row: Row): string {
  if (row.failures > 0 || row.valid === 0) return row.problems[0] ?? 'no valid trial';
  if (row.starved === 0) return '';
  const [starved, all] = [row.starved.toLocaleString('en'), row.connections.toLocaleString('en')];
  return `${starved} of ${all} connections had no answer before the window was over`;
}

function brokenOf(row: Row, conditions: readonly Condition[]): string {
  for (const condition of conditions) {
    const value = FIGURES[condition.metric](row);
    if (value === null) return `${condition.text} can't be told: it is unknown for this server`;
    if (!isMet(value, condition)) return `${condition.text} is broken`;
  }
  return '';
}

/** A schedule that isn't kept is another load than was asked for: no condition makes up for that. */
function lagOf({ rate }: Row): string {
  const kept = rate?.kept ?? null;
  if (kept === null || kept >= LEAST_ACHIEVED) return '';
  return `only ${(kept * 100).toFixed(1)} % of the messages that were due were sent and answered`;
}

/** In a closed loop: in an open one efficiency rises with the rate, as waits find more to do. */
function lossOf(row: Row, smaller: readonly Row[]): string {
  if (row.rate !== null) return '';
  const loss = lossFrom(row, smaller, ({ efficiency }) => efficiency?.median ?? null);
  if (loss === null || loss <= MOST_LOSS) return '';
  const control = lossFrom(row, smaller, ({ control }) => control.efficiency);
  const beside =
    control === null
      ? ''
      : ` (the control beside it ${control < 0 ? 'rose' : 'fell'} by ${inPercent(Math.abs(control))})`;
  return `requests per server-CPU-second fell by ${inPercent(loss)}${beside}`;
}

/** From the best of the smaller loads, as a share; null where a figure is unknown. */
function lossFrom(
  row: Row,
  smaller: readonly Row[],
  get: (row: Row) => number | null,
): number | null {
  const best = Math.max(0, ...smaller.map((each) => get(each) ?? 0));
  const own = get(row);
  return own === null || best === 0 ? null : 1 - own / best;
}

function inPercent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function isMet(value: number, { sign, bound }: Condition): boolean {
  if (sign === '=') return value === bound;
  return sign === '<' ? value < bound : value > bound;
}

function causeOf(row: Row, broken: string): string {
  const kinds = row.failuresByKind;
  if (kinds['no descriptor']) return 'the client ran out of descriptors';
  if (kinds['no port']) return 'the client ran out of ports';
  const queue = row.notes.find((note) => note.includes('in service at a time'));
  if (queue && row.starved > 0) return queue;
  // It delays who connects, and nobody who has; and any listener of the machine may have been the one.
  const overflow = row.notes.find((note) => note.includes('accept queue overflowed'));
  if (overflow && (row.failures > 0 || broken.startsWith('connect'))) return overflow;
  if (row.clientBound) return "the client's CPU, not the server's";
  const { serverBusy, serverUsable } = row.cpu;
  if (serverBusy !== null && serverBusy >= SATURATED * serverUsable)
    return `the server's CPU${serverUsable > 1 ? 's are' : ' is'} saturated`;
  return '';
}
