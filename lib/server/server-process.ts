/** The entry point of a server process: runs one model on its inherited listeners. */
import { FIRST_INHERITED, serveCalls } from '../remote.js';
import { startModel } from './models.js';
import type { HostSpec, RunningServer } from './running.js';

let server: RunningServer | undefined;

function running(): RunningServer {
  if (!server) throw new Error('the server was not started');
  return server;
}

const methods = {
  start: async (spec: HostSpec): Promise<void> => {
    const others = Array.from({ length: spec.listeners - 1 }, (_, i) => FIRST_INHERITED + 1 + i);
    server = await startModel([FIRST_INHERITED, ...others], spec);
  },
  snapshot: () => {
    const loops = running().counts();
    const usage = process.resourceUsage();
    return {
      loops,
      userUs: usage.userCPUTime,
      systemUs: usage.systemCPUTime,
      voluntarySwitches: usage.voluntaryContextSwitches,
      involuntarySwitches: usage.involuntaryContextSwitches,
      ended: running().switchesOfEnded?.() ?? null,
    };
  },
  // The rows first: a connection's transfers are recorded before its row.
  rows: () => ({ rows: running().takeRows(), transfers: running().takeTransfers() }),
  stop: async () => {
    const rows = await running().stop();
    const transfers = running().takeTransfers();
    server = undefined;
    return { rows, transfers };
  },
};

export type ProcessMethods = typeof methods;
export type ProcessSnapshot = ReturnType<typeof methods.snapshot>;

/** The parent died during a run. exit() would wait forever for a Worker that blocks in recv(). */
function end(): void {
  if (server) process.kill(process.pid, 'SIGKILL');
  else process.exit();
}

serveCalls(methods, end);
