/** Computes a trial's figures from its evidence. Pure. */

import type { ClientRow } from '../../lib/account/client-rows.js';
import { type Counts, countsBetween, systemCalls } from '../../lib/account/counts.js';
import { distribution, type Intervals, totalCounts } from '../../lib/account/histogram.js';
import { reconcile } from '../../lib/account/reconcile.js';
import type { ServerRow } from '../../lib/account/server-rows.js';
import type { LoadReport, ThreadWindow } from '../../lib/load/client.js';
import { peak } from '../../lib/load/peak.js';
import { native } from '../../lib/native.js';
import { ratio, sum, sumOf } from '../../lib/sums.js';
import { kernelCounterDelta } from '../../lib/system/kernel-counters.js';
import type { Cell } from '../plan/plan.js';
import { isGated } from '../plan/uninterrupted.js';
import type { CpuUse, Measurement, OpenLoop, RoleFigures } from '../record.js';
import { serviceNamed } from '../services/registry.js';
import { besideOf } from './beside.js';
import { clientsOf } from './clients.js';
import { type Evidence, type Held, hasLostRows } from './evidence.js';
import { failuresByKind } from './failures.js';
import { inFlightOf } from './in-flight.js';
import { queueingOf } from './queueing.js';
import { slicesOf } from './slices.js';
import { transfersOf } from './transfers.js';
import { type MeasuredWork, measuredWork } from './work.js';

/** Null if there is no client report. */
export function measure(cell: Cell, evidence: Evidence): Measurement | null {
  const { load, serverRows } = evidence;
  if (!load) return null;
  const { unit } = serviceNamed(cell.service);
  const work = measuredWork(evidence, load.windows, unit);
  // Requests that move no payload have no rate in bytes.
  const isWorkless = work.requests > 0 && work.work === 0;
  const starved = starvedOf(cell, load.rows);
  const server = serverOf(work, evidence);
  return {
    ...volumeOf(load.rows, work.requests),
    windowS: work.seconds,
    throughput: isWorkless || work.seconds <= 0 ? null : work.work / work.seconds,
    efficiency: isWorkless ? null : work.cpu && ratio(work.cpu.work, work.cpu.usedS),
    readingSlipS: work.cpu?.slipS ?? null,
    slices: slicesOf(cell, evidence),
    latency: whole(cell.rate > 0 ? load.response : load.service),
    openLoop: openLoopOf(cell, load, work),
    inFlight: inFlightOf(cell, load, starved, ratio(work.requests, work.seconds)),
    connect: timesOf(load.rows, (row) => (row.connected > 0 ? row.connected - row.opened : 0)),
    firstAnswer: timesOf(load.rows, (row) => row.firstAnswer),
    ...outcomeOf(cell, evidence, load),
    starved,
    peak: peaksOf(load.rows, serverRows),
    roles: { server },
    clientCpu: clientCpu(load.windows),
    systemCallsPerRequest: callsPerRequest(server.counts),
    connectionsPerLoop: evidence.trafficEnd?.loops.map((loop) => loop.accepts) ?? [],
    memory: {
      kernelBytesPerConnection: perConnection(evidence, ({ kernel }) => kernel),
      clientPssBytes: evidence.clientMemoryAtPeak ?? null,
    },
    kernel: kernelOf(evidence),
    timeWaitBefore: evidence.timeWaitBefore ?? null,
    reconciliation: reconciled(evidence),
    transfers: transfersOf(cell, evidence, load),
  };
}

/** With the connections of the load beside. */
function reconciled(evidence: Evidence): Measurement['reconciliation'] {
  const { load, serverRows, beside, besideRows = [] } = evidence;
  if (!load || !serverRows) return null;
  const clients = [...load.rows, ...(beside?.rows ?? [])];
  return reconcile(clients, [...serverRows, ...besideRows], hasLostRows(evidence));
}

function outcomeOf(cell: Cell, evidence: Evidence, { rows }: LoadReport) {
  const failed = failuresByKind(rows);
  return {
    clients: clientsOf(cell, rows),
    queueing: queueingOf(evidence),
    beside: besideOf(evidence),
    wrongTransfers: evidence.wrongTransfers ?? null,
    failures: sum(Object.values(failed)),
    failuresByKind: failed,
  };
}

function whole(intervals: Intervals) {
  return distribution(totalCounts(intervals));
}

function openLoopOf(
  cell: Cell,
  { windows, service }: LoadReport,
  window: { readonly requests: number; readonly seconds: number },
): OpenLoop | null {
  if (cell.rate === 0) return null;
  const sent = sumOf(windows, (each) => each.sent);
  const dropped = sumOf(windows, (each) => each.dropped);
  return {
    serviceTime: whole(service),
    asked: cell.rate,
    achieved: window.seconds > 0 ? window.requests / window.seconds : 0,
    scheduled: sent + dropped,
    sent,
    late: sumOf(windows, (each) => each.late),
    dropped,
  };
}

function serverOf(work: MeasuredWork, evidence: Evidence): RoleFigures {
  return {
    cpu: serverCpu(work, evidence),
    counts: counted(evidence),
    memory: {
      pssBytes: evidence.serverMemory ?? null,
      bytesPerConnection: perConnection(evidence, ({ server }) => server),
    },
    threads: evidence.serverThreads ?? null,
  };
}

function counted({ trafficStart, trafficEnd }: Evidence): Counts | null {
  return trafficStart && trafficEnd ? countsBetween(trafficStart.total, trafficEnd.total) : null;
}

function callsPerRequest(counts: Counts | null): number | null {
  const calls = counts && systemCalls(counts);
  return calls === null ? null : ratio(calls, counts?.requests ?? null);
}

/** The total is exact; its split into user and system time is that of the whole traffic. */
function serverCpu({ cpu }: MeasuredWork, evidence: Evidence): CpuUse | null {
  const { trafficStart: from, trafficEnd: to } = evidence;
  if (cpu === null || !from || !to) return null;
  const user = to.userUs - from.userUs;
  const system = to.systemUs - from.systemUs;
  if (Number.isNaN(user + system)) return null; // a server process has died
  const userS = cpu.usedS * (ratio(user, user + system) ?? 0);
  return {
    userS,
    systemS: cpu.usedS - userS,
    busy: cpu.usedS / cpu.seconds,
    voluntarySwitches: to.voluntarySwitches - from.voluntarySwitches,
    involuntarySwitches: to.involuntarySwitches - from.involuntarySwitches,
  };
}

/** Distribution in µs of the values that are not 0; values in ns. */
function timesOf(rows: readonly ClientRow[], get: (row: ClientRow) => number) {
  const values = Float64Array.from(rows, get).filter((value) => value > 0);
  return distribution(native.histogram(values));
}

/**
 * Connections without an answer by the end of the window. With a gate every slice is drained, the warm-up too, so a
 * connection that got any answer got it in time.
 */
function starvedOf(cell: Cell, rows: readonly ClientRow[]): number {
  const hasEnd = cell.durationNs > 0 && !isGated(cell);
  const traffic = hasEnd ? cell.warmupNs + cell.durationNs : Number.POSITIVE_INFINITY;
  return rows.filter(
    ({ failure, bytesSent, requests, firstAnswer }) =>
      failure === '' && bytesSent > 0 && (requests === 0 || firstAnswer > traffic),
  ).length;
}

function volumeOf(rows: readonly ClientRow[], window: number) {
  return {
    requests: {
      window,
      total: sumOf(rows, (row) => row.requests),
      wanted: sumOf(rows, (row) => row.requestsWanted),
    },
    bytes: {
      sent: sumOf(rows, (row) => row.bytesSent),
      received: sumOf(rows, (row) => row.bytesReceived),
    },
  };
}

/** Most connections open at once, as seen by each side. */
function peaksOf(
  rows: readonly ClientRow[],
  serverRows: readonly ServerRow[] | undefined,
): Measurement['peak'] {
  const connected = rows.filter((row) => row.connected > 0);
  const open = peak(connected.map((row) => ({ from: row.connected, to: row.closed })));
  if (!serverRows) return { open, accepted: null };
  return { open, accepted: peak(serverRows.map((row) => ({ from: row.opened, to: row.closed }))) };
}

function clientCpu(windows: readonly ThreadWindow[]): Measurement['clientCpu'] {
  const userNs = sumOf(windows, (window) => window.userNs);
  const systemNs = sumOf(windows, (window) => window.systemNs);
  const shares = windows.map((window) => {
    const used = window.userNs + window.systemNs;
    return ratio(used, window.observedNs) ?? 0;
  });
  return {
    userS: userNs / 1e9,
    systemS: systemNs / 1e9,
    // Over the longest window: without a duration, some threads are done before others.
    busy: ratio(userNs + systemNs, Math.max(0, ...windows.map((window) => window.observedNs))) ?? 0,
    busiestThread: Math.max(0, ...shares),
    voluntarySwitches: sumOf(windows, (window) => window.voluntarySwitches),
    involuntarySwitches: sumOf(windows, (window) => window.involuntarySwitches),
  };
}

/** With fewer connections, a process's other allocations would dominate the result. */
const ENOUGH_TO_DIVIDE = 500;

/** The memory that each connection added; null if unknown. */
function perConnection(
  { heldBefore, heldAtPeak, acceptedBeforeGo }: Evidence,
  get: (held: Held) => number | null,
): number | null {
  const before = heldBefore ? get(heldBefore) : null;
  const after = heldAtPeak ? get(heldAtPeak) : null;
  const held = acceptedBeforeGo?.accepted ?? 0;
  if (before === null || after === null || held < ENOUGH_TO_DIVIDE) return null;
  return Math.max(0, (after - before) / held);
}

function kernelOf({ kernelBefore, kernelAfter }: Evidence): Measurement['kernel'] {
  return kernelBefore && kernelAfter ? kernelCounterDelta(kernelBefore, kernelAfter) : null;
}
