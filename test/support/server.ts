/** Servers for tests: on an ephemeral loopback port, killed at the end of the test. */
import { existsSync, readdirSync } from 'node:fs';
import type { Test } from 'tap';
import type { Counts } from '../../lib/account/counts.js';
import { modelNamed } from '../../lib/catalog/models.js';
import type { Server, ServerSpec } from '../../lib/server/server.js';
import { startServer } from '../../lib/server/start.js';
import { allowedCpus } from '../../lib/system/cpus.js';
import { parseField, readText } from '../../lib/system/procfs.js';
import { eventually, settled } from './eventually.js';
import { HOST } from './host.js';
import { workersOf } from './models.js';
import './plain-node.js';
import { ECHO } from './services.js';

/** Less than the socket buffers of both sides hold. */
const MEGABYTE = 1 << 20;

/** A server of the model: one loop, or a small pool. */
export async function serve(
  t: Test,
  model: string,
  wanted: Partial<ServerSpec> = {},
): Promise<Server> {
  const row = modelNamed(model);
  const server = await startServer({
    model,
    service: ECHO,
    host: HOST,
    port: 0,
    backlog: 512,
    ...workersOf(row, Math.min(row.defaultWorkers, 4)),
    cpus: allowedCpus(),
    ...wanted,
  });
  t.teardown(() => server.kill());
  return server;
}

export async function countsOf(server: Server): Promise<Counts> {
  return (await server.snapshot()).total;
}

/** Waits until the server has accepted this number of connections. */
export function accepted(server: Server, connections: number): Promise<void> {
  return eventually(`${connections} accepted`, async () => {
    return ((await countsOf(server)).accepts ?? 0) >= connections;
  });
}

/** Waits until the server has closed this number of connections. */
export function closed(server: Server, connections: number): Promise<void> {
  return eventually(`${connections} closed`, async () => {
    return ((await countsOf(server)).closes ?? 0) >= connections;
  });
}

/** Waits until the server stops receiving from a client that doesn't read; resolves with the bytes it received. */
export function stalled(server: Server): Promise<number> {
  return settled('what the server takes', async () => {
    const { bytesIn } = await countsOf(server);
    return bytesIn === null || bytesIn < MEGABYTE ? null : bytesIn;
  });
}

/** Stops its processes with SIGSTOP; resolves when none of their threads runs. */
export async function freeze(server: Pick<Server, 'pids'>): Promise<void> {
  signal(server, 'SIGSTOP');
  await eventually('every thread stands still', () => server.pids.every(standsStill));
}

export function thaw(server: Pick<Server, 'pids'>): void {
  signal(server, 'SIGCONT');
}

/** A process of a connection may have ended in the meantime. */
function signal({ pids }: Pick<Server, 'pids'>, name: NodeJS.Signals): void {
  for (const pid of pids)
    try {
      process.kill(pid, name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
}

/** Whether each thread is stopped or has ended. */
function standsStill(pid: number): boolean {
  const tasks = existsSync(`/proc/${pid}/task`) ? readdirSync(`/proc/${pid}/task`) : [];
  return tasks.every((task) => {
    const state = parseField(readText(`/proc/${pid}/task/${task}/status`), 'State');
    return state === null || /^[TZX]/.test(state);
  });
}
