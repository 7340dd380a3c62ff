/** The phases before and after traffic: connect, wait until the server has accepted, wait until it has closed. */
import { setTimeout as sleep } from 'node:timers/promises';
import { modelNamed } from '../../lib/catalog/models.js';
import type { Server } from '../../lib/server/server.js';
import { readKernelMemory } from '../../lib/system/procfs.js';
import { readSockstat } from '../../lib/system/sockstat.js';
import type { Held } from './evidence.js';
import type { Side } from './sides.js';
import type { TrialRun } from './trial-run.js';

/** A server that accepts no connection for this long is treated as stalled. */
const ACCEPT_STALL_MS = 5000;
/** Longest wait until the server has seen that its connections are closed. */
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

/** Opens all connections and waits until the server under test has accepted them. */
export async function connectAll(run: TrialRun, { server, client }: Side): Promise<void> {
  const { cell, signal } = run;
  await client.start();
  await client.connected();
  run.mark('connected');
  const { open } = await client.progress();
  const model = modelNamed(cell.server);
  const expected = model.serial ? Math.min(open, cell.hosts * cell.loops) : open;
  const acceptedBeforeGo = { accepted: await accepted(server, expected, signal), expected };
  run.record({
    acceptedBeforeGo,
    serverMemory: server.memory(),
    heldAtPeak: heldBy(server),
    clientMemoryAtPeak: client.memory(),
    serverThreads: server.threads(),
  });
}

/** Waits until the server has accepted `expected` connections or has stalled. Returns the number accepted. */
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

/** Waits until the server has seen that the client closed all connections, so that its rows are complete. */
export async function settle(server: Server, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + SETTLE_MS;
  while (!signal.aborted && performance.now() < deadline) {
    const { accepts, closes } = (await server.snapshot()).total;
    if (accepts === null || closes === null || accepts <= closes) return;
    await sleep(POLL_MS);
  }
}
