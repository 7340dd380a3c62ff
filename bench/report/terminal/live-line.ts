/** The progress line of a running trial. */

import { mergeCounts, percentiles, toHistogram } from '../../../lib/account/histogram.js';
import type { LoadProgress } from '../../../lib/native-data.js';
import type { Cell } from '../../plan/plan.js';
import type { PhaseName } from '../../run/watch.js';
import { wordingOf } from '../../services/registry.js';
import { compact, count, time, whole } from '../../text/format.js';

/** A snapshot of the client's progress. */
export interface Look {
  /** ms of performance.now(). */
  readonly at: number;
  readonly progress: LoadProgress;
}

export function liveLine(cell: Cell, phase: PhaseName, before: Look | null, now: Look): string {
  const { connected, open, requests, failures, retries, lastSecond } = now.progress;
  const failed = [
    ...(retries > 0 ? [count(retries, 'retry', 'retries')] : []),
    ...(failures > 0 ? [`${whole(failures)} failed`] : []),
  ];
  const asked = cell.connections + cell.idle;
  if (phase === 'connecting')
    return [`${whole(connected)} of ${whole(asked)} connected`, ...failed].join(', ');
  const rate = before === null ? null : perSecond(before, now);
  return [
    `${whole(open)} of ${whole(asked)} open`,
    rate === null
      ? `${whole(requests)} answered`
      : `${compact(rate)} ${wordingOf(cell.service).exchange.many}/s`,
    ...latest(lastSecond),
    ...failed,
  ].join(', ');
}

function perSecond(before: Look, now: Look): number | null {
  const seconds = (now.at - before.at) / 1000;
  return seconds > 0 ? (now.progress.requests - before.progress.requests) / seconds : null;
}

/** Empty in the first second. */
function latest(threads: LoadProgress['lastSecond']): string[] {
  const counts = mergeCounts(threads);
  if (counts.index.length === 0) return [];
  const { p50, p99 } = percentiles(toHistogram(counts));
  return [`last second p50 ${time(p50)}, p99 ${time(p99)}`];
}

/** Remaining time, extrapolated from the finished trials; null before the first has ended. */
export function timeLeft(finished: number, trials: number, elapsedMs: number): string | null {
  if (finished === 0) return null;
  const seconds = Math.round(((elapsedMs / finished) * (trials - finished)) / 1000);
  const minutes = Math.floor(seconds / 60);
  return minutes === 0 ? `${seconds} s left` : `${minutes} min ${seconds % 60} s left`;
}
