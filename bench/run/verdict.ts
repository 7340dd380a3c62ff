/** Is the trial valid, and what must a reader know of it? Plain words. Pure. */

import type { Reconciliation } from '../../lib/account/reconcile.js';
import { modelNamed } from '../../lib/catalog/models.js';
import { SATURATED, usableCpus } from '../plan/cpus.js';
import type { Cell } from '../plan/plan.js';
import { achievedRatio, LEAST_ACHIEVED, type Measurement, type Verdict } from '../record.js';
import type { Evidence } from './evidence.js';
import { failuresByKind } from './failures.js';
import { machineLoadOf } from './machine.js';
import { impossible } from './ranges.js';

/** So many resting ports make new connections slow, and then impossible. */
const MANY_TIME_WAIT = 10_000;

/** One or two are anybody's on the machine: the counters are the whole network namespace's. */
const FEW_RETRANSMITS = 10;

/** By then Node has compiled what is hot; measured with the `libuv` model. */
const REQUESTS_TO_WARM_UP = 50_000;

/** Requests under way, by Little's law, may differ so far from what the load makes them. */
const MOST_IMBALANCE = 0.02;

/** A virtual machine always loses a little. */
const MUCH_STOLEN = 0.05;

/** CPUs' worth of time that other programs may use. */
const MANY_OTHERS = 0.15;

/** A slice is made to hold ten, unless the duration is too short for that. */
const FEW_ROUND_TRIPS = 5;

/** Fewer than this say little, and nothing of a tail. */
const FEW_REQUESTS = 100;

/** A SYN that was dropped is sent again after a second: RFC 6298. In µs, as that of the first. */
const RESENT_US = 0.9e6;

/** A server that has nothing to do may use this share of a CPU. */
const MOST_IDLE_BUSY = 0.01;

/** The server's CPU time is read at the ends of the window, give or take this share of it. */
const MOST_SLIP = 0.01;

export function judge(
  cell: Cell,
  evidence: Evidence,
  measured: Measurement | null,
  error: string | null,
): Verdict {
  const clientBound = measured !== null && isClientBound(cell, measured);
  const found = error === null && measured !== null ? problemsOf(cell, evidence, measured) : null;
  // What broke a trial off explains the failures that follow from it.
  const problems = error !== null ? [error] : (found?.problems ?? []);
  return {
    valid: problems.length === 0 && measured !== null,
    clientBound,
    problems,
    inconclusive: found?.inconclusive ?? false,
    notes: measured === null ? [] : notesOf(cell, evidence, measured, clientBound),
  };
}

function problemsOf(
  cell: Cell,
  evidence: Evidence,
  measured: Measurement,
): Pick<Verdict, 'problems' | 'inconclusive'> {
  const ofServer = ofServerOf(cell, evidence, measured);
  const ofControl = ofControlOf(evidence);
  const unanswered = unansweredOf(measured);
  const ofMeasurement = [
    ...slipped(measured),
    ...impossible(cell, measured),
    ...unpaired(measured),
  ];
  const problems = [...ofServer, ...ofControl, ...unanswered, ...ofMeasurement];
  // A control that fails ends the traffic of both.
  const blamed = ofControl.length > 0 ? ofServer : [...ofServer, ...unanswered];
  return { problems, inconclusive: problems.length > 0 && blamed.length === 0 };
}

function ofServerOf(cell: Cell, evidence: Evidence, measured: Measurement): string[] {
  const { died, acceptedBeforeGo } = evidence;
  const problems = [...(died === undefined ? [] : [died]), ...failed(measured.failuresByKind)];
  if (acceptedBeforeGo && acceptedBeforeGo.accepted < acceptedBeforeGo.expected) {
    const { accepted, expected } = acceptedBeforeGo;
    problems.push(`the server had accepted ${accepted} of ${expected} when the barrier opened`);
  }
  const all = cell.connections + cell.idle;
  if (cell.start === 'barrier' && measured.peak.open < all && measured.failures === 0)
    problems.push(`only ${measured.peak.open} of ${all} connections were open at once`);
  if (measured.reconciliation) problems.push(...unreconciled(measured.reconciliation));
  return problems;
}

function ofControlOf({ control, controlDied }: Evidence): string[] {
  const problems = failed(failuresByKind(control?.rows ?? []));
  if (controlDied !== undefined) problems.unshift(controlDied);
  return problems.map((problem) => `the control: ${problem}`);
}

function unansweredOf({ requests, failures, slices }: Measurement): string[] {
  const problems: string[] = [];
  if (requests.window === 0 && failures === 0)
    problems.push('no request was answered in the measured window');
  if (slices === null) return problems;
  const { undrained, silent } = slices;
  if (undrained > 0)
    problems.push(
      'a slice had requests left that were not answered in time: measure with --slices off',
    );
  else if (silent > 0) problems.push(`${count(silent, 'slice')} had no answer`);
  return problems;
}

function failed(byKind: Readonly<Record<string, number>>): string[] {
  const kinds = Object.entries(byKind)
    .sort()
    .map(([kind, n]) => `${n} ${kind}`);
  const all = Object.values(byKind).reduce((total, n) => total + n, 0);
  return all === 0 ? [] : [`${count(all, 'connection')} failed: ${kinds.join(', ')}`];
}

/** Whoever reads the CPU time may have to wait for a CPU. */
function slipped({ readingSlipS, windowS }: Measurement): string[] {
  if (readingSlipS === null || readingSlipS <= MOST_SLIP * windowS) return [];
  return [
    `the server's CPU time was read ${(readingSlipS * 1e3).toFixed(1)} ms late, more than 1 % of the window: the machine was too busy`,
  ];
}

/** Where nothing else explains it. */
function unpaired({ slices, failures }: Measurement): string[] {
  if (slices === null || slices.logRatios.length > 0) return [];
  const isExplained = failures + slices.undrained + slices.silent > 0;
  return isExplained ? [] : ['no pair of slices was measured'];
}

function unreconciled({ compared, mismatches, examples }: Reconciliation): string[] {
  if (mismatches === 0) return [];
  const [first] = examples;
  return [
    `${mismatches} of ${count(compared, 'connection')} differ between client and server; ${first?.connection}: ${first?.what}`,
  ];
}

/** The server had CPU to spare and the client had none: the throughput is the client's. */
function isClientBound(cell: Cell, { clientCpu, serverCpu }: Measurement): boolean {
  if (clientCpu.busiestThread < SATURATED || serverCpu === null) return false;
  return serverCpu.busy < SATURATED * usableCpus(cell);
}

function notesOf(
  cell: Cell,
  evidence: Evidence,
  measured: Measurement,
  clientBound: boolean,
): string[] {
  const { kernel, peak } = measured;
  const notes: string[] = [];
  if (clientBound)
    notes.push(
      `client-bound (a client thread at ${percent(measured.clientCpu.busiestThread)} of its CPU): compare requests per server-CPU-second`,
    );
  if (runsCold(cell, measured))
    notes.push(
      `measured cold: within ${count(measured.requests.window, 'request')} Node still compiles its hot code; --duration measures it warm`,
    );
  if (cell.serverCpus.some((cpu) => cell.clientCpus.includes(cpu)))
    notes.push('server and client share a CPU');
  if (cell.clientProcesses * cell.clientThreads > cell.clientCpus.length)
    notes.push('more client threads than the client has CPUs');
  const expected = evidence.acceptedBeforeGo?.expected;
  const waits = expected !== undefined && expected > 0 && expected < peak.open;
  if (waits && modelNamed(cell.server).serial)
    notes.push(
      `${count(expected, 'connection')} in service at a time; ${(peak.open - expected).toLocaleString('en')} waited in the accept queue`,
    );
  notes.push(...inconsistent(measured), ...brief(measured), ...disturbed(measured));
  notes.push(...behind(measured));
  if (measured.starved > 0)
    notes.push(`${count(measured.starved, 'connection')} had no answer before the window was over`);
  notes.push(...interrupted(evidence));
  if ((measured.timeWaitBefore ?? 0) > MANY_TIME_WAIT)
    notes.push(`${count(measured.timeWaitBefore ?? 0, 'socket')} in TIME_WAIT when it began`);
  // The counter is the whole network namespace's: only a slow handshake shows that it was this server's queue.
  if (kernel?.listenOverflows && (measured.connect.max ?? 0) >= RESENT_US)
    notes.push(
      `the accept queue overflowed ${count(kernel.listenOverflows, 'time')}: those SYNs were dropped and sent again a second later`,
    );
  if ((kernel?.retransmittedSegments ?? 0) > FEW_RETRANSMITS)
    notes.push(`${count(kernel?.retransmittedSegments ?? 0, 'segment')} retransmitted`);
  return notes;
}

/** CPU time that was taken from both sides. */
function interrupted(evidence: Evidence): string[] {
  const { stealShare = null, othersCpus = null, throttling = null } = machineLoadOf(evidence) ?? {};
  const notes: string[] = [];
  if ((stealShare ?? 0) > MUCH_STOLEN)
    notes.push(`the hypervisor took ${percent(stealShare ?? 0)} of the CPU time`);
  if ((othersCpus ?? 0) > MANY_OTHERS)
    notes.push(`other programs used ${othersCpus?.toFixed(1)} CPUs meanwhile`);
  if ((throttling?.periods ?? 0) > 0)
    notes.push(
      `the control group's CPU quota stopped both sides for ${throttling?.seconds.toFixed(2)} s`,
    );
  return notes;
}

/** Requests without a latency, or latencies of requests that weren't counted. */
function inconsistent({ inFlight }: Measurement): string[] {
  if (inFlight === null) return [];
  const { expected, measured } = inFlight;
  if (Math.abs(measured / expected - 1) <= MOST_IMBALANCE) return [];
  return [
    `throughput × mean latency is ${measured.toFixed(1)} requests under way, not ${expected}: the window is too short for its latencies, or the load was uneven`,
  ];
}

function brief({ slices, requests, failures }: Measurement): string[] {
  if (failures === 0 && requests.window > 0 && requests.window < FEW_REQUESTS)
    return [`only ${count(requests.window, 'request')} in the measured window`];
  // So few round trips hold little but the ramp's end.
  if (slices === null || slices.roundTrips === 0 || slices.roundTrips >= FEW_ROUND_TRIPS) return [];
  return [
    `a slice holds ${slices.roundTrips.toFixed(1)} round trips of all connections: a longer --duration makes it longer`,
  ];
}

/** What a server does later for what was asked of it before is missing in its figures, and in the other's way. */
function disturbed({ slices }: Measurement): string[] {
  if (slices === null) return [];
  const { server, control } = slices.idleBusy;
  return [
    ['the server', server],
    ['the control', control],
  ].flatMap(([name, busy]) =>
    typeof busy === 'number' && busy > MOST_IDLE_BUSY
      ? [`${name} used ${percent(busy)} of a CPU while the other was measured`]
      : [],
  );
}

function behind({ openLoop, requests }: Measurement): string[] {
  const ratio = achievedRatio(openLoop, requests.window);
  if (ratio === null || ratio >= LEAST_ACHIEVED) return [];
  return [`achieved ratio ${ratio.toFixed(2)}: not all messages were sent and answered in time`];
}

/** A just-in-time compiler does its work within the window. */
function runsCold(cell: Cell, measured: Measurement): boolean {
  if (measured.serverCpu === null || cell.warmupNs > 0) return false;
  return (
    modelNamed(cell.server).language === 'TypeScript' &&
    measured.requests.window < REQUESTS_TO_WARM_UP
  );
}

function count(n: number, noun: string): string {
  return `${n.toLocaleString('en')} ${noun}${n === 1 ? '' : 's'}`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
