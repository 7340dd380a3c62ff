/** The traffic of a trial, and the readings at its ends: three ways, by what decides when it is measured. */
import { type NativeSampler, native } from '../../lib/native.js';
import type { Cell } from '../plan/cell.js';
import type { Trial } from '../plan/schedule.js';
import { isGated } from '../plan/uninterrupted.js';
import type { Evidence } from './evidence.js';
import { asControl, type Side, subjectOf } from './sides.js';
import { type Stretch, stretchesOf } from './stretches.js';

/** From the release of all connections to the last answer. */
export async function converse(
  { cell, seed }: Trial,
  side: Side,
  control: Side | null,
  evidence: Evidence,
  signal: AbortSignal,
): Promise<void> {
  if (cell.durationNs === 0) return toTheEnd(cell, side, evidence);
  const sides = control ? [side, control] : [side];
  const sampler = new native.Sampler({
    subjects: sides.map(subjectOf),
    cpus: cell.clientCpus,
    seed,
    drainTimeoutNs: cell.timeoutNs,
  });
  const stop = () => sampler.stop();
  signal.addEventListener('abort', stop);
  try {
    if (isGated(cell)) await behindGate(cell, sides, sampler, evidence);
    else await inWindow(cell, side, sampler, evidence);
    await Promise.all([side.client.drained(), control && asControl(control.client.drained())]);
    if (side.server.cpuSource() === null) forgetCpuTime(evidence, 'server');
    if (control?.server.cpuSource() === null) forgetCpuTime(evidence, 'control');
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}

/** Processes came or ended meanwhile whose time nothing accounts for. */
function forgetCpuTime(evidence: Evidence, side: Stretch['side']): void {
  const unknown = (stretch: Stretch): Stretch =>
    stretch.side === side ? { ...stretch, serverNs: null } : { ...stretch, idleNs: null };
  evidence.stretches &&= evidence.stretches.map(unknown);
  evidence.window &&= unknown(evidence.window);
}

/** A gate holds every connection: the sampler opens it for one side at a time, and reads between. */
async function behindGate(
  cell: Cell,
  sides: readonly Side[],
  sampler: NativeSampler,
  evidence: Evidence,
): Promise<void> {
  const server = sides[0]?.server;
  sampler.shut();
  await Promise.all(sides.map(({ client }) => client.go()));
  await sampler.warmUp(cell.warmupNs);
  evidence.trafficStart = await server?.snapshot();
  evidence.stretches = stretchesOf(await sampler.slices(cell.durationNs));
  evidence.trafficEnd = await server?.snapshot();
  sampler.over();
}

/** At instants fixed beforehand, because the client has a schedule that must not be cut. */
async function inWindow(
  cell: Cell,
  { server, client }: Side,
  sampler: NativeSampler,
  evidence: Evidence,
): Promise<void> {
  evidence.trafficStart = await server.snapshot();
  const start = (await release(cell, client)) + cell.warmupNs;
  const window = sampler.window(start, start + cell.durationNs);
  // Where every connection fails, the traffic is over before the window.
  const stop = () => sampler.stop();
  client.drained().then(stop, stop);
  evidence.window = stretchesOf(await window)[0];
  evidence.trafficEnd = await server.snapshot();
}

/** A fixed number of messages: before the first and after the last the server has nothing to do. */
async function toTheEnd(cell: Cell, { server, client }: Side, evidence: Evidence): Promise<void> {
  evidence.trafficStart = await server.snapshot();
  evidence.cpuStart = server.cpuTime();
  await release(cell, client);
  await client.drained();
  evidence.cpuEnd = server.cpuTime();
  evidence.trafficEnd = await server.snapshot();
}

function release(cell: Cell, client: Side['client']): Promise<number> {
  return cell.start === 'barrier' ? client.go() : client.start();
}
