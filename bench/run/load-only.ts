/** A trial of only the client, against a running server. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Machine } from '../../lib/catalog/ceilings.js';
import { type Client, startClient } from '../../lib/load/client.js';
import { native } from '../../lib/native.js';
import { sumOf } from '../../lib/sums.js';
import { readKernelCounters } from '../../lib/system/kernel-counters.js';
import { readSockstat } from '../../lib/system/sockstat.js';
import type { Target } from '../services/service.js';
import type { UntimedConnection } from '../services/untimed.js';
import { endBeside, startBeside } from './beside.js';
import { drainedOrCapped } from './cap.js';
import { loadSpec } from './specs.js';
import { onStage, stageOf } from './stage.js';
import { type Perform, TrialRun } from './trial-run.js';

/** Where the server listens, and when traffic begins. */
interface Start extends Target {
  /** ms since the epoch, the same on every client machine; null: immediately. */
  readonly startAt: number | null;
}

export function performAgainst(target: Start, machine: Machine): Perform {
  return (trial, watch, signal) =>
    new TrialRun(trial, machine, signal, watch).complete((run) => perform(run, target));
}

async function perform(run: TrialRun, { host, port, startAt }: Start): Promise<void> {
  run.record({
    kernelBefore: readKernelCounters(),
    timeWaitBefore: readSockstat().timeWait,
  });
  run.watch.phase('starting');
  const untimed: UntimedConnection[] = [];
  run.record({ untimed }); // grows until the stage is cleared, after the phases
  const onEnded = (connection: UntimedConnection) => void untimed.push(connection);
  const stage = await stageOf(run.cell, { host, port, onEnded }, run.signal);
  run.adopt('server', { stage });
  const trial = onStage(run.trial, stage);
  const client = await startClient(loadSpec(trial, host, port, run.machine));
  run.adopt('server', { client });
  const beside = await startBeside(trial, { address: host, port }, run.machine);
  run.adopt('server', { beside });
  run.mark('started');
  run.watch.phase('connecting', client);
  await client.start();
  if (run.cell.start === 'barrier') await passBarrier(run, client, startAt);
  run.watch.phase('measuring', client);
  const began = await beside?.start();
  await drainedOrCapped(run, client);
  run.mark('drained');
  if (beside && began !== undefined) run.record({ beside: await endBeside(beside, began) });
  run.watch.phase('collecting');
  const load = await client.finish();
  run.record({ load, kernelAfter: readKernelCounters() });
  run.record({ wrongTransfers: await stage.countWrong(sumOf(load.rows, (row) => row.requests)) });
}

async function passBarrier(run: TrialRun, client: Client, startAt: number | null): Promise<void> {
  await client.connected();
  run.mark('connected');
  run.mark('accepted');
  run.record({ clientMemoryAtPeak: client.memory() });
  const at = await client.go(startAt === null ? 0 : monotonic(startAt));
  const leftMs = Math.max(0, (at - native.now()) / 1e6);
  await sleep(leftMs, undefined, { signal: run.signal }).catch(() => {});
}

/** Converts a wall-clock time to CLOCK_MONOTONIC in ns. */
function monotonic(epochMs: number): number {
  return native.now() + (epochMs - (performance.timeOrigin + performance.now())) * 1e6;
}
