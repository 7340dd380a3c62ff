/** A stretch is the traffic between two readings, of the server under test or of the control. Pure. */
import type { StretchColumns } from '../../lib/native-data.js';
import { sum } from '../../lib/sums.js';
import type { Unit } from '../services/service.js';

export interface Stretch {
  readonly side: 'server' | 'control';
  /** ns on CLOCK_MONOTONIC: start of traffic, the two readings, and the last answer; null: timed out. */
  readonly opened: number;
  readonly from: number;
  readonly to: number;
  readonly drained: number | null;
  readonly connections: number;
  /** Between the readings: answers, work, and CPU time in ns; null: unknown. */
  readonly requests: number;
  /** In the service's unit of work. */
  readonly work: number;
  readonly serverNs: number | null;
  readonly clientNs: number | null;
  /** CPU time of the other side's server, which is idle meanwhile. */
  readonly idleNs: number | null;
}

const SIDES = ['server', 'control'] as const;

export function stretchesOf(columns: StretchColumns, unit: Unit): readonly Stretch[] {
  const work = { requests: columns.requests, bytes: columns.payload }[unit];
  return Array.from(columns.subject, (subject, i) => {
    const at = (column: Float64Array) => column[i] as number;
    const known = (column: Float64Array) => (Number.isNaN(at(column)) ? null : at(column));
    return {
      side: SIDES[subject] ?? 'server',
      opened: at(columns.opened),
      from: at(columns.from),
      to: at(columns.to),
      drained: known(columns.drained),
      connections: at(columns.connections),
      requests: at(columns.requests),
      work: at(work),
      serverNs: known(columns.serverNs),
      clientNs: known(columns.clientNs),
      idleNs: known(columns.idleNs),
    };
  });
}

/** The sums over several stretches. */
interface Work {
  readonly requests: number;
  readonly work: number;
  readonly seconds: number;
  /** Server CPU seconds; null if any is unknown. */
  readonly cpuS: number | null;
}

export function addUp(stretches: readonly Stretch[]): Work {
  let [requests, work, seconds, cpuNs] = [0, 0, 0, 0];
  let known = stretches.length > 0;
  for (const stretch of stretches) {
    requests += stretch.requests;
    work += stretch.work;
    seconds += (stretch.to - stretch.from) / 1e9;
    cpuNs += stretch.serverNs ?? 0;
    known &&= stretch.serverNs !== null;
  }
  return { requests, work, seconds, cpuS: known ? cpuNs / 1e9 : null };
}

/** Pairs of consecutive stretches, one of each side, with the server's first. A last one without a partner is dropped. */
export function pairsOf(stretches: readonly Stretch[]): readonly (readonly [Stretch, Stretch])[] {
  const pairs: (readonly [Stretch, Stretch])[] = [];
  for (let i = 0; i + 1 < stretches.length; i += 2) {
    const [a, b] = [stretches[i] as Stretch, stretches[i + 1] as Stretch];
    if (a.side === b.side) throw new Error('two slices of the same side in one pair');
    pairs.push(a.side === 'server' ? [a, b] : [b, a]);
  }
  return pairs;
}

/** Neighbouring pairs correlate, so more batches would not improve the estimate of the spread. */
const MOST_BATCHES = 20;

/**
 * For each pair, the logarithm of the server's efficiency relative to the control's. Pairs in which one side did no
 * work or used no CPU time are left out.
 */
export function logRatios(pairs: readonly (readonly [Stretch, Stretch])[]): number[] {
  return pairs.flatMap(([server, control]) => {
    const [a, b] = [efficiencyOf(server), efficiencyOf(control)];
    return a === null || b === null ? [] : [Math.log(a / b)];
  });
}

/** Means over consecutive values. */
export function batched(ratios: readonly number[]): number[] {
  const batches = Math.min(MOST_BATCHES, ratios.length);
  return Array.from({ length: batches }, (_, i) => {
    const [from, to] = [i, i + 1].map((n) => Math.round((n * ratios.length) / batches));
    const batch = ratios.slice(from, to);
    return sum(batch) / batch.length;
  });
}

function efficiencyOf({ work, serverNs }: Stretch): number | null {
  return serverNs === null || serverNs <= 0 || work <= 0 ? null : work / serverNs;
}
