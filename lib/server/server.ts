/** A server as the experiment sees it: one listener, and the processes that serve it. */
import { type CpuSource, type CpuTime, type Listening, native } from '../native.js';
import { type Remote, spawnRemote } from '../remote.js';
import { isCommand, startCommand } from './command.js';
import type { Counts } from './counts.js';
import type { HostMethods } from './host.js';
import { leadProcesses } from './processes.js';
import type { Timeouts } from './running.js';
import type { ServerRow } from './table.js';

export const ACCEPT = ['shared', 'reuseport'] as const;
export type Accept = (typeof ACCEPT)[number];

export interface ServerSpec extends Timeouts {
  readonly model: string;
  readonly service: string;
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly backlog: number;
  /** How loops share the port: one listener for all (the default), or one for each (SO_REUSEPORT). */
  readonly accept?: Accept;
  readonly processes: number;
  /** Loops in each process. */
  readonly loops: number;
  readonly cpus: readonly number[];
}

/** All processes of the server together. Counts are null, and usage is NaN, where one of them has died. */
export interface ServerSnapshot {
  readonly total: Counts;
  readonly loops: readonly Counts[];
  readonly userUs: number;
  readonly systemUs: number;
  readonly voluntarySwitches: number;
  readonly involuntarySwitches: number;
}

export interface Server {
  readonly address: string;
  readonly port: number;
  readonly pids: readonly number[];
  /** When it began to listen, ns on CLOCK_MONOTONIC. */
  readonly started: number;
  /** Resolves when one of its processes has ended before it was stopped. */
  readonly ended: Promise<Error>;
  /** Rejects when all of its processes have died, or a loop has failed. */
  snapshot(): Promise<ServerSnapshot>;
  /** The rows of connections that have closed since the last call: each row is handed over once. */
  takeRows(): Promise<readonly ServerRow[]>;
  /** Null where no reading can account for all of its processes. */
  cpuSource(): CpuSource | null;
  /** Read from outside, and so at once however busy the server is. */
  cpuTime(): CpuTime;
  /** Proportional set size of all its processes, in bytes. */
  memory(): number | null;
  /** What of that is their own, in bytes. */
  ownMemory(): number | null;
  threads(): number | null;
  /**
   * Closes every connection, ends the processes, gives the rows that were not taken before. A process that has died
   * takes its own along; rejects when all have. A second call gives the same.
   */
  stop(): Promise<readonly ServerRow[]>;
  kill(): void;
}

/** Binds, starts the processes, and resolves when they serve. Errors have `code` and `syscall`. */
export function startServer(spec: ServerSpec): Promise<Server> {
  return isCommand(spec.model) ? startCommand(spec) : startHosts(spec);
}

async function startHosts(spec: ServerSpec): Promise<Server> {
  const started = native.now();
  const { model, service, backlog, processes, loops, accept } = spec;
  const listening = listenAll(spec);
  const [{ address, port }] = listening;
  const listeners = accept === 'reuseport' ? loops : 1;
  const hosts: Remote<HostMethods>[] = [];
  try {
    for (let i = 0; i < processes; i++) {
      const first = accept === 'reuseport' ? i * loops : 0;
      hosts.push(spawnHost(spec, listening.slice(first, first + listeners)));
    }
    const { idleTimeoutNs, writeTimeoutNs } = spec;
    const timeouts = { idleTimeoutNs, writeTimeoutNs };
    const wanted = { model, service, backlog, loops, listeners, ...timeouts };
    await Promise.all(hosts.map((host) => host.call('start', wanted)));
  } catch (error) {
    for (const host of hosts) host.kill();
    throw error;
  } finally {
    // Theirs now: a socket that its servers have left refuses connections.
    for (const { fd } of listening) native.close(fd);
  }
  return { ...leadProcesses(hosts, loops), address, port, started };
}

/** One listener for all loops, or one for each on the same port. */
function listenAll(spec: ServerSpec): readonly [Listening, ...Listening[]] {
  const { host, port, backlog, accept, processes, loops } = spec;
  if (accept !== 'reuseport') return [listen(host, port, backlog)];
  const first = listen(host, port, backlog, true);
  const others = Array.from({ length: processes * loops - 1 }, () =>
    listen(host, first.port, backlog, true),
  );
  return [first, ...others];
}

/** Binds and listens. The error says where it could not. */
export function listen(host: string, port: number, backlog: number, reusePort = false): Listening {
  try {
    return native.listen(host, port, backlog, reusePort);
  } catch (thrown) {
    const { message, code } = thrown as NodeJS.ErrnoException;
    const why = message.replace(/^\w+: /, '');
    const error = new Error(`cannot listen on ${host}, port ${port}: ${why}`, { cause: thrown });
    throw Object.assign(error, { code });
  }
}

function spawnHost(spec: ServerSpec, listeners: readonly Listening[]): Remote<HostMethods> {
  return spawnRemote<HostMethods>(new URL('./host.js', import.meta.url), {
    name: `${spec.model} server process`,
    cpus: spec.cpus,
    descriptors: listeners.map(({ fd }) => fd),
  });
}
