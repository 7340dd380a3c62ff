/** The figures of a sliced trial: the server relative to the control. Pure. */
import {
  type Intervals,
  type Percentiles,
  percentiles,
  toHistogram,
  totalCounts,
} from '../../lib/account/histogram.js';
import { ratio, sumOf } from '../../lib/sums.js';
import type { Cell } from '../plan/cell.js';
import type { Slices } from '../record.js';
import type { Evidence } from './evidence.js';
import { failuresByKind } from './failures.js';
import { addUp, batched, logRatios, pairsOf, type Stretch } from './stretches.js';

/** Null if the control was not measured beside the server. */
export function slicesOf(
  { uninterrupted }: Cell,
  { stretches = [], control: load }: Evidence,
): Slices | null {
  if (uninterrupted !== null || stretches.length === 0) return null;
  const ratios = logRatios(pairsOf(stretches));
  const own = stretches.filter(({ side }) => side === 'server');
  const control = stretches.filter(({ side }) => side === 'control');
  const work = addUp(own);
  const controlWork = addUp(control);
  const connections = own[0]?.connections ?? 0;
  const slowest = Math.min(work.requests, controlWork.requests);
  return {
    pairs: ratios.length,
    lengthMs: (ratio(work.seconds, own.length) ?? 0) * 1e3,
    roundTrips: (ratio(slowest, own.length) ?? 0) / Math.max(1, connections),
    undrained: stretches.filter(({ drained }) => drained === null).length,
    silent: stretches.filter(({ work }) => work === 0).length,
    logRatios: batched(ratios),
    control: {
      throughput: ratio(controlWork.work, controlWork.seconds),
      efficiency: controlWork.cpuS === null ? null : ratio(controlWork.work, controlWork.cpuS),
      latency: latencyOf(load?.service ?? []),
      failuresByKind: failuresByKind(load?.rows ?? []),
    },
    idleBusy: { server: idleBusy(control), control: idleBusy(own) },
  };
}

function latencyOf(service: Intervals): Percentiles {
  return percentiles(toHistogram(totalCounts(service)));
}

/** Mean number of CPUs that a server kept busy while the other one was measured. */
function idleBusy(others: readonly Stretch[]): number | null {
  const known = others.filter(({ idleNs }) => idleNs !== null);
  const idleNs = sumOf(known, ({ idleNs }) => idleNs ?? 0);
  return ratio(
    idleNs,
    sumOf(known, ({ from, to }) => to - from),
  );
}
