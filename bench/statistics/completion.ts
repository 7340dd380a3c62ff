/** How the clients of a cell's trials have ended, and what their time consisted of. Pure. */
import { sum, sumIfAny, sumOf } from '../../lib/sums.js';
import type { Measurement } from '../record.js';
import type { Completion } from '../schema/summary.js';
import { spread } from './spread.js';

type Median = (get: (one: Measurement) => number | null | undefined) => number | null;

/** `median`: over the valid trials. Null for trials with a duration. */
export function completionOf(
  all: readonly Measurement[],
  valid: readonly Measurement[],
  median: Median,
): Completion | null {
  const ended = all.flatMap(({ clients }) => clients ?? []);
  if (ended.length === 0) return null;
  return {
    totalS: median(({ windowS }) => windowS),
    meanMs: median(({ clients }) => clients?.meanMs),
    longestMs: median(({ clients }) => clients?.longestMs),
    rate: median(({ clients }) => clients?.rate),
    clients: {
      succeeded: sumOf(ended, ({ succeeded }) => succeeded),
      failed: sumOf(ended, ({ failed }) => failed),
      retries: sumOf(ended, ({ retries }) => retries),
    },
    transfers: transfersOf(all),
    wrong: sumIfAny(all.flatMap(({ wrongTransfers }) => wrongTransfers ?? [])),
    queueing: {
      meanMs: median(({ queueing }) => queueing?.meanMs),
      longestMs: median(({ queueing }) => queueing?.longestMs),
    },
    beside: besideOf(valid),
    parts: {
      waitingMs: median(({ transfers }) => transfers?.parts?.waitingMs),
      sendingMs: median(({ transfers }) => transfers?.parts?.sendingMs),
      answeringMs: median(({ transfers }) => transfers?.parts?.answeringMs),
    },
  };
}

function besideOf(valid: readonly Measurement[]): Completion['beside'] {
  const measured = valid.flatMap(({ beside }) => beside ?? []);
  if (measured.length === 0) return null;
  return {
    requests: sumOf(measured, ({ requests }) => requests),
    failures: sumOf(measured, ({ failuresByKind }) => sum(Object.values(failuresByKind))),
    latency: spread(measured.map(({ latency }) => latency)),
  };
}

function transfersOf(all: readonly Measurement[]): Completion['transfers'] {
  const known = all.flatMap(({ transfers }) => transfers?.server ?? []);
  if (known.length === 0) return null;
  const failed = sumOf(known, ({ refused, incomplete }) => refused + incomplete);
  return { succeeded: sumOf(known, ({ transfers }) => transfers) - failed, failed };
}
