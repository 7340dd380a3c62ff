/** A trial that starts its server and, if sliced, the control: its phases in order. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Machine } from '../../lib/catalog/ceilings.js';
import { modelNamed } from '../../lib/catalog/models.js';
import type { LoadReport } from '../../lib/load/client.js';
import { sumOf } from '../../lib/sums.js';
import { stayOn } from '../../lib/system/affinity.js';
import { readKernelCounters } from '../../lib/system/kernel-counters.js';
import { readMachineLoad } from '../../lib/system/machine-load.js';
import { readSockstat } from '../../lib/system/sockstat.js';
import { apart } from './beside.js';
import { connectAll, heldBy, settle } from './phases.js';
import { asControl, cpuSecondsOf, type Side } from './sides.js';
import { runTraffic } from './traffic.js';
import { type Perform, TrialRun } from './trial-run.js';

/** V8 frees about 2 MiB eight seconds after its start. Slow connecting waits for that before the memory is read. */
const SHRINKS_AFTER_MS = 10_000;
/** Connections; each takes about 150 µs to connect. */
const SLOW_TO_CONNECT = 20_000;
/** Time limit for the processes of a failed trial to report. */
const SALVAGE_MS = 3000;

/** For trials that start their server. */
export function performOn(machine: Machine): Perform {
  return async (trial, watch, signal) => {
    const run = new TrialRun(trial, machine, signal, watch);
    // This process must not take CPU time from the server, nor wait for a CPU behind the server's threads.
    const restoreAffinity = stayOn(trial.cell.clientCpus);
    try {
      return await run.complete(perform, salvage);
    } finally {
      restoreAffinity();
    }
  };
}

async function perform(run: TrialRun): Promise<void> {
  const side = await start(run);
  const control = await connect(run, side);
  await exchange(run, side, control);
  await collect(run, side, control);
}

/** Starts the server and its client, without connections. */
async function start(run: TrialRun): Promise<Side> {
  run.record({
    kernelBefore: readKernelCounters(),
    timeWaitBefore: readSockstat().timeWait,
    machineBefore: readMachineLoad(),
  });
  run.watch.phase('starting');
  const side = await run.start('server');
  run.record({ serverStarted: side.server.started, fileSystem: side.stage.fileSystem });
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

/** Starts the control and its client, and opens the same number of connections. */
async function startControl(run: TrialRun): Promise<Side> {
  const control = await run.start('control');
  await control.client.start();
  await control.client.connected();
  return control;
}

async function exchange(run: TrialRun, side: Side, control: Side | null): Promise<void> {
  run.watch.phase('measuring', side.client);
  await runTraffic(run, side, control);
  run.mark('drained');
  run.record({
    machineAfter: readMachineLoad(),
    ownCpuS: cpuSecondsOf(control ? [side, control] : [side]),
  });
}

/** Collects the reports and rows of both sides, and stops the servers. */
async function collect(
  run: TrialRun,
  { server, client, stage }: Side,
  control: Side | null,
): Promise<void> {
  run.watch.phase('collecting');
  const load = await client.finish();
  run.record({ load });
  if (control) run.record({ control: await asControl(control.client.finish()) });
  await settle(server, run.signal);
  const rows = await server.stop();
  if (modelNamed(run.cell.server).accounts)
    run.record(apart(load, run.evidence.beside, rows, server.takeTransfers()));
  run.record({ wrongTransfers: await stage.countWrong(sumOf(load.rows, (row) => row.requests)) });
  if (control) await asControl(control.server.stop());
  run.record({ kernelAfter: readKernelCounters() });
}

/** After a failure: collects what the processes can still report. */
async function salvage(run: TrialRun): Promise<void> {
  const { sides, evidence } = run;
  run.record({ load: evidence.load ?? (await salvageLoad(sides.server)) });
  run.record({ control: evidence.control ?? (await salvageLoad(sides.control)) });
  const { server } = sides.server;
  if (server && !evidence.serverRows) {
    const serverRows = await soon(server.stop());
    if (serverRows) run.record({ serverRows, serverTransfers: server.takeTransfers() });
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
