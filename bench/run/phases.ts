/** The phases of a trial: connect all, open the barrier, traffic, settle. */
import { setTimeout as sleep } from 'node:timers/promises';
import { modelNamed } from '../../lib/catalog.js';
import type { Client } from '../../lib/load/client.js';
import { native } from '../../lib/native.js';
import type { Server } from '../../lib/server/server.js';
import { readKernelMemory } from '../../lib/system/procfs.js';
import { readSockstat } from '../../lib/system/sockstat.js';
import type { Cell } from '../plan/plan.js';
import type { Evidence, Held } from './evidence.js';

/** A server that accepts nothing for so long won't accept the rest either. */
const ACCEPT_STALL_MS = 5000;
/** How long a server may take to see that its connections have been closed. */
const SETTLE_MS = 5000;
const POLL_MS = 5;

export function heldBy(server: Server): Held {
  const objects = readKernelMemory();
  const buffers = readSockstat().memoryBytes;
  return {
    server: server.ownMemory(),
    kernel: objects === null || buffers === null ? null : objects + buffers,
  };
}

/** Nobody sends before all connections are open, on both sides. Returns when traffic began. */
export async function fromBarrier(
  cell: Cell,
  server: Server,
  client: Client,
  evidence: Evidence,
  signal: AbortSignal,
): Promise<number> {
  await client.start();
  await client.connected();
  evidence.marks.connected = performance.now();
  const { open } = await client.progress();
  const model = modelNamed(cell.server);
  const expected = model.serial ? Math.min(open, cell.hosts * cell.loops) : open;
  evidence.acceptedBeforeGo = { accepted: await accepted(server, expected, signal), expected };
  evidence.marks.accepted = performance.now();
  evidence.serverMemory = server.memory();
  evidence.heldAtPeak = heldBy(server);
  evidence.clientMemoryAtPeak = client.memory();
  evidence.serverThreads = server.threads();
  await markStart(server, evidence);
  return client.go();
}

/** Traffic begins as each connection opens. */
export async function atOnce(
  _: Cell,
  server: Server,
  client: Client,
  evidence: Evidence,
): Promise<number> {
  await markStart(server, evidence);
  const begin = await client.start();
  evidence.marks.connected = evidence.marks.accepted = performance.now();
  return begin;
}

async function markStart(server: Server, evidence: Evidence): Promise<void> {
  evidence.trafficStart = await server.snapshot();
  evidence.cpuStart = server.cpuTime();
}

/** Waits until the server has accepted so many, or has stopped accepting. Returns how many it has. */
async function accepted(server: Server, expected: number, signal: AbortSignal): Promise<number> {
  let last = -1;
  let since = performance.now();
  for (;;) {
    const { accepts } = (await server.snapshot()).total;
    if (accepts === null || accepts >= expected) return accepts ?? expected;
    if (accepts > last) since = performance.now();
    else if (performance.now() - since > ACCEPT_STALL_MS) return accepts;
    last = accepts;
    await sleep(POLL_MS);
    signal.throwIfAborted();
  }
}

export async function traffic(
  cell: Cell,
  begin: number,
  server: Server,
  client: Client,
  evidence: Evidence,
  signal: AbortSignal,
): Promise<void> {
  const drained = client.drained();
  const over = drained.then(() => 'over' as const);
  if (cell.durationNs > 0) {
    const start = begin + cell.warmupNs;
    if (cell.warmupNs > 0 && (await Promise.race([over, until(start, signal)])) !== 'over')
      evidence.cpuStart = server.cpuTime();
    await Promise.race([over, until(start + cell.durationNs, signal)]);
    evidence.cpuEnd = server.cpuTime();
    evidence.trafficEnd = await server.snapshot();
  }
  await drained;
  evidence.cpuEnd ??= server.cpuTime();
  evidence.trafficEnd ??= await server.snapshot();
  evidence.marks.drained = performance.now();
}

/** Sleeps until an instant of CLOCK_MONOTONIC, or an interruption. */
async function until(instant: number, signal: AbortSignal): Promise<void> {
  await sleep(Math.max(0, (instant - native.now()) / 1e6), undefined, { signal }).catch(() => {});
}

/** The client has closed all: waits until the server has seen that, so that its rows are complete. */
export async function settle(server: Server, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + SETTLE_MS;
  while (!signal.aborted && performance.now() < deadline) {
    const { accepts, closes } = (await server.snapshot()).total;
    if (accepts === null || closes === null || accepts <= closes) return;
    await sleep(POLL_MS);
  }
}
