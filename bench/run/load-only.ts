/** A trial of the client alone, against a server that somebody else started. */
import type { Machine } from '../../lib/catalog/ceilings.js';
import { type Client, startClient } from '../../lib/load/client.js';
import { native } from '../../lib/native.js';
import { readKernelCounters } from '../../lib/system/kernel-counters.js';
import { readSockstat } from '../../lib/system/sockstat.js';
import { INTERRUPTED } from '../record.js';
import type { Evidence } from './evidence.js';
import { loadSpec } from './specs.js';
import type { Perform } from './trial.js';

/** `startAt`: when traffic begins, ms since the epoch, on every machine that takes part; null: at once. */
export function performAgainst(
  host: string,
  port: number,
  machine: Machine,
  startAt: number | null,
): Perform {
  return async (trial, watch, signal) => {
    const evidence: Evidence = { startedAt: new Date(), marks: { begin: performance.now() } };
    evidence.kernelBefore = readKernelCounters();
    evidence.timeWaitBefore = readSockstat().timeWait;
    let client: Client | undefined;
    const abort = () => void client?.abort().catch(() => {});
    signal.addEventListener('abort', abort);
    try {
      watch.phase('starting');
      client = await startClient(loadSpec(trial, host, port, machine));
      evidence.marks.started = performance.now();
      watch.phase('connecting', client);
      await client.start();
      if (trial.cell.start === 'barrier') {
        await client.connected();
        evidence.marks.connected = evidence.marks.accepted = performance.now();
        evidence.clientMemoryAtPeak = client.memory();
        await client.go(startAt === null ? 0 : monotonic(startAt));
      }
      watch.phase('measuring', client);
      await client.drained();
      evidence.marks.drained = performance.now();
      watch.phase('collecting');
      evidence.load = await client.finish();
      evidence.kernelAfter = readKernelCounters();
      return { evidence, error: signal.aborted ? INTERRUPTED : null };
    } catch (error) {
      return { evidence, error: (error as Error).message };
    } finally {
      signal.removeEventListener('abort', abort);
      client?.kill();
      evidence.marks.end = performance.now();
    }
  };
}

/** The instant of CLOCK_MONOTONIC, in ns, at which the wall clock will show that time. */
function monotonic(epochMs: number): number {
  return native.now() + (epochMs - (performance.timeOrigin + performance.now())) * 1e6;
}
