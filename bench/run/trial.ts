/** One trial: fresh processes, the phases in order, and whatever was gathered by the time it ended. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Machine } from '../../lib/catalog/ceilings.js';
import { modelNamed } from '../../lib/catalog/models.js';
import type { LoadReport } from '../../lib/load/client.js';
import { stayOn } from '../../lib/system/affinity.js';
import { readKernelCounters } from '../../lib/system/kernel-counters.js';
import { readMachineLoad } from '../../lib/system/machine-load.js';
import { readSockstat } from '../../lib/system/sockstat.js';
import type { Trial } from '../plan/schedule.js';
import { INTERRUPTED } from '../record.js';
import type { Evidence } from './evidence.js';
import { connectAll, heldBy, settle } from './phases.js';
import { asControl, controlTrial, cpuSecondsOf, type Side, startSide } from './sides.js';
import { converse } from './traffic.js';
import type { Watch } from './watch.js';

export interface TrialOutcome {
  readonly evidence: Evidence;
  readonly error: string | null;
}

/** V8 gives back some 2 MiB eight seconds after its start: who connects for longer must not count that. */
const SHRINKS_AFTER_MS = 10_000;
/** Connections take some 150 µs each. */
const SLOW_TO_CONNECT = 20_000;
/** How long a broken trial's processes may take to say what they know. */
const SALVAGE_MS = 3000;

/** What runs by now, to be ended whatever follows. */
interface Running {
  readonly side: Partial<Side>;
  /** The control beside the server, in a sliced trial. */
  readonly control: Partial<Side>;
}

/** How a trial is carried out. Never throws: a failed trial is an outcome with an error. */
export type Perform = (trial: Trial, watch: Watch, signal: AbortSignal) => Promise<TrialOutcome>;

/** Trials with a server of their own. */
export function performOn(machine: Machine): Perform {
  return (trial, watch, signal) => runTrial(trial, machine, watch, signal);
}

async function runTrial(
  trial: Trial,
  machine: Machine,
  watch: Watch,
  signal: AbortSignal,
): Promise<TrialOutcome> {
  const evidence: Evidence = { startedAt: new Date(), marks: { begin: performance.now() } };
  // What leads the trial takes no time from the server, and needn't wait behind its threads.
  const letGo = stayOn(trial.cell.clientCpus);
  const running: Running = { side: {}, control: {} };
  const both = [running.side, running.control];
  const abort = () => {
    for (const { client } of both) client?.abort().catch(() => {});
  };
  signal.addEventListener('abort', abort);
  let error: string | null = null;
  try {
    await perform(trial, machine, evidence, running, watch, signal);
    if (signal.aborted) error = INTERRUPTED;
  } catch (thrown) {
    error = signal.aborted ? INTERRUPTED : (thrown as Error).message;
    await salvage(evidence, running);
  } finally {
    signal.removeEventListener('abort', abort);
    for (const { server, client } of both) {
      client?.kill();
      server?.kill();
    }
    letGo();
  }
  evidence.marks.end = performance.now();
  return { evidence, error };
}

async function perform(
  trial: Trial,
  machine: Machine,
  evidence: Evidence,
  running: Running,
  watch: Watch,
  signal: AbortSignal,
): Promise<void> {
  const { cell } = trial;
  readBefore(evidence);
  watch.phase('starting');
  const side = await startSide(trial, machine, (part) => Object.assign(running.side, part));
  const { server, client } = side;
  server.ended.then((error) => {
    evidence.died = error.message;
  });
  evidence.serverStarted = server.started;
  evidence.marks.started = performance.now();
  if (cell.connections + cell.idle >= SLOW_TO_CONNECT)
    await sleep(SHRINKS_AFTER_MS, undefined, { signal }).catch(() => {});
  evidence.heldBefore = heldBy(server);
  signal.throwIfAborted();

  watch.phase('connecting', client);
  if (cell.start === 'barrier') await connectAll(cell, side, evidence, signal);
  const control =
    cell.uninterrupted === null
      ? await asControl(startControl(trial, machine, running, evidence))
      : null;
  evidence.marks.accepted = performance.now();
  evidence.marks.connected ??= evidence.marks.accepted;
  signal.throwIfAborted();
  watch.phase('measuring', client);
  await converse(trial, side, control, evidence, signal);
  evidence.marks.drained = performance.now();
  evidence.machineAfter = readMachineLoad();
  evidence.ownCpuS = cpuSecondsOf(control ? [side, control] : [side]);
  watch.phase('collecting');
  await collect(trial, side, control, evidence, signal);
}

function readBefore(evidence: Evidence): void {
  evidence.kernelBefore = readKernelCounters();
  evidence.timeWaitBefore = readSockstat().timeWait;
  evidence.machineBefore = readMachineLoad();
}

/** What both sides recorded; the servers end with that. */
async function collect(
  { cell }: Trial,
  { server, client }: Side,
  control: Side | null,
  evidence: Evidence,
  signal: AbortSignal,
): Promise<void> {
  evidence.load = await client.finish();
  if (control) evidence.control = await asControl(control.client.finish());
  await settle(server, signal);
  const rows = await server.stop();
  if (modelNamed(cell.server).accounts) evidence.serverRows = rows;
  if (control) await asControl(control.server.stop());
  evidence.kernelAfter = readKernelCounters();
}

/** The control and its client, with as many connections open. */
async function startControl(
  trial: Trial,
  machine: Machine,
  running: Running,
  evidence: Evidence,
): Promise<Side> {
  const control = await startSide(controlTrial(trial), machine, (part) =>
    Object.assign(running.control, part),
  );
  control.server.ended.then((error) => {
    evidence.controlDied = error.message;
  });
  await control.client.start();
  await control.client.connected();
  return control;
}

/** After a failure: what either side still can tell. */
async function salvage(evidence: Evidence, { side, control }: Running): Promise<void> {
  const { server } = side;
  evidence.load ??= await salvageLoad(side);
  evidence.control ??= await salvageLoad(control);
  if (server && !evidence.serverRows) {
    const rows = await soon(server.stop());
    if (rows) evidence.serverRows = rows;
  }
  evidence.kernelAfter ??= readKernelCounters();
}

async function salvageLoad({ client }: Partial<Side>): Promise<LoadReport | undefined> {
  if (!client) return undefined;
  await soon(client.abort());
  return soon(client.finish());
}

function soon<T>(work: Promise<T>): Promise<T | undefined> {
  return Promise.race([work, sleep(SALVAGE_MS, undefined, { ref: false })]).catch(() => undefined);
}
