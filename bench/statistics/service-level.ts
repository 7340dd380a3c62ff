/** Does a load keep the service level, and what broke it if not? Pure. */

import type { Row } from './summarize.js';
import { METRICS, type MetricName } from './thresholds.js';

/** One condition that must hold: `p99<50ms`. */
export interface Condition {
  readonly text: string;
  readonly metric: MetricName;
  readonly sign: '<' | '>' | '=';
  /** In the metric's own unit: µs for times. */
  readonly bound: number;
}

/** Without conditions: in a closed loop efficiency may fall so far below the best of the smaller loads. */
const MOST_LOSS = 0.3;
/** … and of an open loop's schedule so much must be kept. */
const LEAST_KEPT = 0.95;
/** A CPU that is busy for this share of the window has none to spare. */
const SATURATED = 0.95;

export interface Judgement {
  readonly holds: boolean;
  /** What was broken, in plain words; empty if nothing. */
  readonly broken: string;
  /** What the counters show as its reason; empty if they show none, or if that is what was broken. */
  readonly cause: string;
}

export function judgeLevel(
  row: Row,
  conditions: readonly Condition[],
  smaller: readonly Row[],
): Judgement {
  const broken = row.skipped ?? brokenBy(row, conditions, smaller);
  return {
    holds: broken === '',
    broken,
    cause: broken === '' || row.skipped !== null ? '' : causeOf(row),
  };
}

function brokenBy(row: Row, conditions: readonly Condition[], smaller: readonly Row[]): string {
  if (row.failures > 0 || row.valid === 0) return row.problems[0] ?? 'no valid trial';
  for (const condition of conditions) {
    const value = METRICS[condition.metric](row);
    if (value !== null && !isMet(value, condition)) return `${condition.text} is broken`;
  }
  if (conditions.length > 0) return '';
  return row.rate === null ? lossOf(row, smaller) : lagOf(row.rate);
}

/** A schedule that isn't kept. Efficiency says nothing there: it rises with the rate, as waits find more to do. */
function lagOf({ kept }: NonNullable<Row['rate']>): string {
  if (kept === null || kept >= LEAST_KEPT) return '';
  return `only ${Math.round(kept * 100)} % of the messages that were due were sent`;
}

function lossOf(row: Row, smaller: readonly Row[]): string {
  const best = Math.max(0, ...smaller.map(({ efficiency }) => efficiency?.median ?? 0));
  const loss = best === 0 ? 0 : 1 - (row.efficiency?.median ?? 0) / best;
  return loss > MOST_LOSS
    ? `requests per server-CPU-second fell by ${Math.round(loss * 100)} %`
    : '';
}

function isMet(value: number, { sign, bound }: Condition): boolean {
  if (sign === '=') return value === bound;
  return sign === '<' ? value < bound : value > bound;
}

function causeOf(row: Row): string {
  const kinds = row.failuresByKind;
  if (kinds['no descriptor']) return 'the client ran out of descriptors';
  if (kinds['no port']) return 'the client ran out of ports';
  const overflow = row.notes.find((note) => note.includes('accept queue overflowed'));
  if (overflow) return overflow;
  if (row.clientBound) return "the client's CPU, not the server's";
  const { serverBusy } = row.cpu;
  if (serverBusy !== null && serverBusy >= SATURATED) return "the server's CPU is saturated";
  return '';
}
