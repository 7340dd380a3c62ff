/** One trial: fresh processes, the phases in order, and whatever was gathered by the time it ended. */
import { setTimeout as sleep } from 'node:timers/promises';
import { modelNamed } from '../../lib/catalog.js';
import type { Machine } from '../../lib/ceilings.js';
import { type Client, startClient } from '../../lib/load/client.js';
import { type Server, startServer } from '../../lib/server/server.js';
import { stayOn } from '../../lib/system/affinity.js';
import { readKernelCounters } from '../../lib/system/kernel-counters.js';
import { readSockstat } from '../../lib/system/sockstat.js';
import type { Trial } from '../plan/schedule.js';
import { INTERRUPTED } from '../record.js';
import type { Evidence } from './evidence.js';
import { atOnce, fromBarrier, heldBy, settle, traffic } from './phases.js';
import { loadSpec, serverSpec } from './specs.js';
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

interface Sides {
  server?: Server;
  client?: Client;
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
  const sides: Sides = {};
  const abort = () => void sides.client?.abort().catch(() => {});
  signal.addEventListener('abort', abort);
  let error: string | null = null;
  try {
    await perform(trial, machine, evidence, sides, watch, signal);
    if (signal.aborted) error = INTERRUPTED;
  } catch (thrown) {
    error = signal.aborted ? INTERRUPTED : (thrown as Error).message;
    await salvage(evidence, sides);
  } finally {
    signal.removeEventListener('abort', abort);
    sides.client?.kill();
    sides.server?.kill();
    letGo();
  }
  evidence.marks.end = performance.now();
  return { evidence, error };
}

async function perform(
  trial: Trial,
  machine: Machine,
  evidence: Evidence,
  sides: Sides,
  watch: Watch,
  signal: AbortSignal,
): Promise<void> {
  const { cell } = trial;
  evidence.kernelBefore = readKernelCounters();
  evidence.timeWaitBefore = readSockstat().timeWait;
  watch.phase('starting');
  const server = await startServer(serverSpec(cell));
  sides.server = server;
  let isStopping = false;
  server.ended.then((error) => {
    if (!isStopping) evidence.died = error.message;
  });
  evidence.serverStarted = server.started;
  const client = await startClient(loadSpec(trial, server.address, server.port, machine));
  sides.client = client;
  evidence.marks.started = performance.now();
  if (cell.connections + cell.idle >= SLOW_TO_CONNECT)
    await sleep(SHRINKS_AFTER_MS, undefined, { signal }).catch(() => {});
  evidence.heldBefore = heldBy(server);
  signal.throwIfAborted();

  watch.phase('connecting', client);
  const window = await (cell.start === 'barrier' ? fromBarrier : atOnce)(
    cell,
    server,
    client,
    evidence,
    signal,
  );
  watch.phase('measuring', client);
  await traffic(cell, window, server, client, evidence, signal);

  watch.phase('collecting');
  evidence.load = await client.finish();
  await settle(server, signal);
  isStopping = true;
  const rows = await server.stop();
  if (modelNamed(cell.server).accounts) evidence.serverRows = rows;
  evidence.kernelAfter = readKernelCounters();
}

/** After a failure: what either side still can tell. */
async function salvage(evidence: Evidence, { server, client }: Sides): Promise<void> {
  const soon = <T>(work: Promise<T>) =>
    Promise.race([work, sleep(SALVAGE_MS, undefined, { ref: false })]).catch(() => undefined);
  if (client && !evidence.load) {
    await soon(client.abort());
    const load = await soon(client.finish());
    if (load) evidence.load = load;
  }
  if (server && !evidence.serverRows) {
    const rows = await soon(server.stop());
    if (rows) evidence.serverRows = rows;
  }
  evidence.kernelAfter ??= readKernelCounters();
}
