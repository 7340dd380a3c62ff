/** The work done in the measured part of a trial, and the server CPU time it took. Pure. */
import type { ThreadWindow } from '../../lib/load/client.js';
import { sumOf } from '../../lib/sums.js';
import type { Unit } from '../services/service.js';
import type { Evidence } from './evidence.js';
import { addUp, type Stretch } from './stretches.js';

export interface MeasuredWork {
  /** Requests answered in the measured part, the service's work in it, and its length. */
  readonly requests: number;
  readonly work: number;
  readonly seconds: number;
  /** Between the two readings of the server's CPU time; null if unknown. */
  readonly cpu: {
    readonly usedS: number;
    readonly seconds: number;
    /** Done between the two readings. */
    readonly work: number;
    /** Largest delay of a reading from its planned instant. */
    readonly slipS: number;
  } | null;
}

export function measuredWork(
  evidence: Evidence,
  windows: readonly ThreadWindow[],
  unit: Unit,
): MeasuredWork {
  if (evidence.stretches) return ofStretches(evidence.stretches);
  const window = windowOf(windows, unit);
  return {
    ...window,
    cpu: evidence.window ? inWindow(evidence.window, window) : toTheEnd(evidence, window),
  };
}

function ofStretches(stretches: readonly Stretch[]): MeasuredWork {
  const done = addUp(stretches.filter(({ side }) => side === 'server'));
  const { requests, work, seconds, cpuS } = done;
  const cpu = cpuS === null ? null : { usedS: cpuS, seconds, work, slipS: 0 };
  return { requests, work, seconds, cpu };
}

interface Window {
  readonly requests: number;
  readonly work: number;
  readonly seconds: number;
  /** ns on CLOCK_MONOTONIC. */
  readonly start: number;
  readonly end: number;
}

/** Uses the work counted by the readings themselves, so that a late reading has matching work and CPU time. */
function inWindow(stretch: Stretch, window: Window): MeasuredWork['cpu'] {
  const { work, seconds, cpuS } = addUp([stretch]);
  if (cpuS === null) return null;
  const slipNs = Math.max(Math.abs(stretch.from - window.start), Math.abs(stretch.to - window.end));
  return { usedS: cpuS, seconds, work, slipS: slipNs / 1e9 };
}

/** All work is between the readings, because the server is idle at both. */
function toTheEnd({ cpuStart, cpuEnd }: Evidence, { work }: Window): MeasuredWork['cpu'] {
  if (!cpuStart || !cpuEnd || cpuEnd.at === cpuStart.at) return null;
  const usedS = (cpuEnd.ns - cpuStart.ns) / 1e9;
  if (Number.isNaN(usedS)) return null;
  return { usedS, seconds: (cpuEnd.at - cpuStart.at) / 1e9, work, slipS: 0 };
}

/** From the first thread's start to the last one's end. */
function windowOf(windows: readonly ThreadWindow[], unit: Unit): Window {
  const measured = windows.filter(({ end }) => end > 0);
  if (measured.length === 0) return { requests: 0, work: 0, seconds: 0, start: 0, end: 0 };
  const start = Math.min(...measured.map((window) => window.start));
  const end = Math.max(...measured.map((window) => window.end));
  const requests = sumOf(measured, (window) => window.requests);
  const work = unit === 'requests' ? requests : sumOf(measured, (window) => window.payload);
  return { requests, work, seconds: (end - start) / 1e9, start, end };
}
