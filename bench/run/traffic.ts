/** The traffic of a trial and the readings at its ends: with a gate, in a fixed window, or for a fixed message count. */
import { type NativeSampler, native } from '../../lib/native.js';
import type { Cell } from '../plan/cell.js';
import { isGated } from '../plan/uninterrupted.js';
import { serviceNamed } from '../services/registry.js';
import { endBeside } from './beside.js';
import { drainedOrCapped } from './cap.js';
import { asControl, type Side, subjectOf } from './sides.js';
import { type Stretch, stretchesOf } from './stretches.js';
import type { TrialRun } from './trial-run.js';

/** From the release of all connections to the last answer. */
export async function runTraffic(run: TrialRun, side: Side, control: Side | null): Promise<void> {
  const { cell, signal } = run;
  if (cell.durationNs === 0) return toTheEnd(run, side);
  const sides = control ? [side, control] : [side];
  const sampler = new native.Sampler({
    subjects: sides.map(subjectOf),
    cpus: cell.clientCpus,
    seed: run.trial.seed,
    drainTimeoutNs: cell.timeoutNs,
  });
  const stop = () => sampler.stop();
  signal.addEventListener('abort', stop);
  try {
    if (isGated(cell)) await behindGate(run, sides, sampler);
    else await inWindow(run, side, sampler);
    await Promise.all([side.client.drained(), control && asControl(control.client.drained())]);
    if (side.server.cpuSource() === null) forgetCpuTime(run, 'server');
    if (control?.server.cpuSource() === null) forgetCpuTime(run, 'control');
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}

/** The CPU time is unknown, because processes started or ended whose time can't be read. */
function forgetCpuTime(run: TrialRun, side: Stretch['side']): void {
  const unknown = (stretch: Stretch): Stretch =>
    stretch.side === side ? { ...stretch, serverNs: null } : { ...stretch, idleNs: null };
  const { stretches, window } = run.evidence;
  if (stretches) run.record({ stretches: stretches.map(unknown) });
  if (window) run.record({ window: unknown(window) });
}

/** A gate pauses every connection: the sampler opens it for one side at a time and takes readings in between. */
async function behindGate(
  run: TrialRun,
  sides: readonly Side[],
  sampler: NativeSampler,
): Promise<void> {
  const { cell } = run;
  const server = sides[0]?.server;
  sampler.shut();
  await Promise.all(sides.map(({ client }) => client.go()));
  await sampler.warmUp(cell.warmupNs);
  run.record({ trafficStart: await server?.snapshot() });
  run.record({ stretches: stretchesOf(await sampler.slices(cell.durationNs), unitOf(cell)) });
  run.record({ trafficEnd: await server?.snapshot() });
  sampler.over();
}

/** Measures between fixed instants, because the client's schedule must not be interrupted. */
async function inWindow(
  run: TrialRun,
  { server, client }: Side,
  sampler: NativeSampler,
): Promise<void> {
  const { cell } = run;
  run.record({ trafficStart: await server.snapshot() });
  const start = (await release(cell, client)) + cell.warmupNs;
  const window = sampler.window(start, start + cell.durationNs);
  // If every connection fails, the traffic ends before the window.
  const stop = () => sampler.stop();
  client.drained().then(stop, stop);
  run.record({ window: stretchesOf(await window, unitOf(cell))[0] });
  run.record({ trafficEnd: await server.snapshot() });
}

/** Measures a fixed number of messages: the server is idle before the first and after the last. */
async function toTheEnd(run: TrialRun, { server, client, beside }: Side): Promise<void> {
  run.record({ trafficStart: await server.snapshot() });
  run.record({ cpuStart: server.cpuTime() });
  const began = await beside?.start();
  await release(run.cell, client);
  await drainedOrCapped(run, client);
  run.record({ cpuEnd: server.cpuTime() });
  run.record({ trafficEnd: await server.snapshot() });
  if (beside && began !== undefined) run.record({ beside: await endBeside(beside, began) });
}

function unitOf({ service }: Cell) {
  return serviceNamed(service).unit;
}

function release(cell: Cell, client: Side['client']): Promise<number> {
  return cell.start === 'barrier' ? client.go() : client.start();
}
