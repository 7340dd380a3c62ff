/** Starts a server: its listeners, and the processes that inherit them. */

import { startsProcesses } from '../catalog/models.js';
import { isCommand } from '../catalog/programs.js';
import { native } from '../native.js';
import type { Listening, ListenOptions } from '../native-data.js';
import { type Remote, spawnRemote } from '../remote.js';
import { startCommand } from './command.js';
import { observeEach, observeTrees } from './observed.js';
import { leadProcesses } from './processes.js';
import type { Server, ServerSpec } from './server.js';
import type { ProcessMethods } from './server-process.js';

/** Binds, starts the processes, and resolves when they serve. Errors have `code` and `syscall`. */
export function startServer(spec: ServerSpec): Promise<Server> {
  return isCommand(spec.model) ? startCommand(spec) : startProcesses(spec);
}

async function startProcesses(spec: ServerSpec): Promise<Server> {
  const started = native.now();
  const listening = listenAll(spec);
  const [{ address, port }] = listening;
  const servers: Remote<ProcessMethods>[] = [];
  try {
    for (const listeners of sharesOf(spec, listening)) servers.push(spawnProcess(spec, listeners));
    return await startModels(spec, servers, { address, port, started });
  } catch (error) {
    for (const each of servers) each.kill();
    throw error;
  } finally {
    // The children own the listeners now. If this process kept them open, a port would not refuse
    // connections after its servers ended.
    for (const { fd } of listening) native.close(fd);
  }
}

/** The listeners of each process. */
function sharesOf(
  { processes, loops, accept }: ServerSpec,
  listening: readonly Listening[],
): readonly (readonly Listening[])[] {
  return Array.from({ length: processes }, (_, i) =>
    accept === 'reuseport' ? listening.slice(i * loops, (i + 1) * loops) : listening.slice(0, 1),
  );
}

async function startModels(
  spec: ServerSpec,
  processes: readonly Remote<ProcessMethods>[],
  at: Pick<Server, 'address' | 'port' | 'started'>,
): Promise<Server> {
  const { model, service, backlog, loops } = spec;
  const { idleTimeoutNs, writeTimeoutNs, listsOpenings, listsTransfers } = spec;
  const listeners = spec.accept === 'reuseport' ? loops : 1;
  const optional = { idleTimeoutNs, writeTimeoutNs, listsOpenings, listsTransfers };
  const wanted = { model, service, backlog, loops, listeners, ...optional };
  const pids = processes.map(({ pid }) => pid);
  const observed = startsProcesses(model) ? observeTrees(pids) : observeEach(pids);
  const server = leadProcesses({ processes, loops, observed }, at);
  try {
    await Promise.all(processes.map((each) => each.call('start', wanted)));
  } catch (error) {
    server.kill();
    throw error;
  }
  return server;
}

/** One listener for all loops, or one per loop on the same port. */
function listenAll(spec: ServerSpec): readonly [Listening, ...Listening[]] {
  const { host, port, backlog, accept, processes, loops, congestion } = spec;
  if (accept !== 'reuseport') return [listen(host, port, backlog, { congestion })];
  const options = { congestion, reusePort: true };
  const first = listen(host, port, backlog, options);
  const others = Array.from({ length: processes * loops - 1 }, () =>
    listen(host, first.port, backlog, options),
  );
  return [first, ...others];
}

/** Binds and listens. An error names the host and port. */
export function listen(
  host: string,
  port: number,
  backlog: number,
  options: ListenOptions = {},
): Listening {
  try {
    return native.listen(host, port, backlog, options);
  } catch (thrown) {
    const { message, code } = thrown as NodeJS.ErrnoException;
    const why = message.replace(/^\w+: /, '');
    const error = new Error(`cannot listen on ${host}, port ${port}: ${why}`, { cause: thrown });
    throw Object.assign(error, { code });
  }
}

function spawnProcess(spec: ServerSpec, listeners: readonly Listening[]): Remote<ProcessMethods> {
  return spawnRemote<ProcessMethods>(new URL('./server-process.js', import.meta.url), {
    name: `${spec.model} server process`,
    cpus: spec.cpus,
    descriptors: listeners.map(({ fd }) => fd),
  });
}
