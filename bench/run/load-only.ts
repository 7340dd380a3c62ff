/** A trial of the client alone, against a server that somebody else started. */
import type { Machine } from '../../lib/ceilings.js';
import { type Client, startClient } from '../../lib/load/client.js';
import { readKernelCounters } from '../../lib/system/kernel-counters.js';
import { readSockstat } from '../../lib/system/sockstat.js';
import type { Evidence } from './evidence.js';
import { loadSpec } from './specs.js';
import type { Perform } from './trial.js';

export function performAgainst(host: string, port: number, machine: Machine): Perform {
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
        await client.go();
      }
      watch.phase('measuring', client);
      await client.drained();
      evidence.marks.drained = performance.now();
      watch.phase('collecting');
      evidence.load = await client.finish();
      evidence.kernelAfter = readKernelCounters();
      return { evidence, error: signal.aborted ? 'interrupted' : null };
    } catch (error) {
      return { evidence, error: (error as Error).message };
    } finally {
      signal.removeEventListener('abort', abort);
      client?.kill();
      evidence.marks.end = performance.now();
    }
  };
}
