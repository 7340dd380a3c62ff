/** A trial with a server of its own, and in a sliced trial the control beside it: its phases in order. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Machine } from '../../lib/catalog/ceilings.js';
import { modelNamed } from '../../lib/catalog/models.js';
import type { LoadReport } from '../../lib/load/client.js';
import { stayOn } from '../../lib/system/affinity.js';
import { readKernelCounters } from '../../lib/system/kernel-counters.js';
import { readMachineLoad } from '../../lib/system/machine-load.js';
import { readSockstat } from '../../lib/system/sockstat.js';
import { connectAll, heldBy, settle } from './phases.js';
import { asControl, cpuSecondsOf, type Side } from './sides.js';
import { converse } from './traffic.js';
import { type Perform, TrialRun } from './trial-run.js';

/** V8 gives back some 2 MiB eight seconds after its start: who connects for longer must not count that. */
const SHRINKS_AFTER_MS = 10_000;
/** Connections take some 150 µs each. */
const SLOW_TO_CONNECT = 20_000;
/** How long a broken trial's processes may take to say what they know. */
const SALVAGE_MS = 3000;

/** Trials with a server of their own. */
export function performOn(machine: Machine): Perform {
  return async (trial, watch, signal) => {
    const run = new TrialRun(trial, machine, signal, watch);
    // What leads the trial takes no time from the server, and needn't wait behind its threads.
    const letGo = stayOn(trial.cell.clientCpus);
    try {
      return await run.complete(perform, salvage);
    } finally {
      letGo();
    }
  };
}

async function perform(run: TrialRun): Promise<void> {
  const side = await start(run);
  const control = await connect(run, side);
  await exchange(run, side, control);
  await collect(run, side, control);
}

/** The server and its client, with no connection yet. */
async function start(run: TrialRun): Promise<Side> {
  run.record({
    kernelBefore: readKernelCounters(),
    timeWaitBefore: readSockstat().timeWait,
    machineBefore: readMachineLoad(),
  });
  run.watch.phase('starting');
  const side = await run.start('server');
  run.record({ serverStarted: side.server.started });
  run.mark('started');
  const { cell, signal } = run;
  if (cell.connections + cell.idle >= SLOW_TO_CONNECT)
    await sleep(SHRINKS_AFTER_MS, undefined, { signal }).catch(() => {});
  run.record({ heldBefore: heldBy(side.server) });
  signal.throwIfAborted();
  return side;
}

/** Connects both sides. Returns the control; null in an uninterrupted trial. */
async function connect(run: TrialRun, side: Side): Promise<Side | null> {
  const { cell } = run;
  run.watch.phase('connecting', side.client);
  if (cell.start === 'barrier') await connectAll(run, side);
  else run.mark('connected');
  const control = cell.uninterrupted === null ? await asControl(startControl(run)) : null;
  run.mark('accepted');
  run.signal.throwIfAborted();
  return control;
}

/** The control and its client, with as many connections open. */
async function startControl(run: TrialRun): Promise<Side> {
  const control = await run.start('control');
  await control.client.start();
  await control.client.connected();
  return control;
}

async function exchange(run: TrialRun, side: Side, control: Side | null): Promise<void> {
  run.watch.phase('measuring', side.client);
  await converse(run, side, control);
  run.mark('drained');
  run.record({
    machineAfter: readMachineLoad(),
    ownCpuS: cpuSecondsOf(control ? [side, control] : [side]),
  });
}

/** What both sides recorded; the servers end with that. */
async function collect(
  run: TrialRun,
  { server, client }: Side,
  control: Side | null,
): Promise<void> {
  run.watch.phase('collecting');
  run.record({ load: await client.finish() });
  if (control) run.record({ control: await asControl(control.client.finish()) });
  await settle(server, run.signal);
  const serverRows = await server.stop();
  if (modelNamed(run.cell.server).accounts) run.record({ serverRows });
  if (control) await asControl(control.server.stop());
  run.record({ kernelAfter: readKernelCounters() });
}

/** After a failure: what either side still can tell. */
async function salvage(run: TrialRun): Promise<void> {
  const { sides, evidence } = run;
  run.record({ load: evidence.load ?? (await salvageLoad(sides.server)) });
  run.record({ control: evidence.control ?? (await salvageLoad(sides.control)) });
  if (sides.server.server && !evidence.serverRows) {
    const serverRows = await soon(sides.server.server.stop());
    if (serverRows) run.record({ serverRows });
  }
  run.record({ kernelAfter: evidence.kernelAfter ?? readKernelCounters() });
}

async function salvageLoad({ client }: Partial<Side>): Promise<LoadReport | undefined> {
  if (!client) return undefined;
  await soon(client.abort());
  return soon(client.finish());
}

function soon<T>(work: Promise<T>): Promise<T | undefined> {
  return Promise.race([work, sleep(SALVAGE_MS, undefined, { ref: false })]).catch(() => undefined);
}
