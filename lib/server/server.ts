/** A server as the experiment sees it: one listener, and the processes that serve it. */
import { type Listening, native } from '../native.js';
import { type Remote, spawnRemote } from '../remote.js';
import { countThreads, readPss } from '../system/procfs.js';
import { isCommand, startCommand } from './command.js';
import { type Counts, sumCounts } from './counts.js';
import type { HostMethods } from './host.js';
import { rowsOf, type ServerRow } from './table.js';

export interface ServerSpec {
  readonly model: string;
  readonly service: string;
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly backlog: number;
  readonly processes: number;
  /** Loops in each process. */
  readonly loops: number;
  readonly cpus: readonly number[];
}

/** All processes of the server together. */
export interface ServerSnapshot {
  /** ns on CLOCK_MONOTONIC. */
  readonly at: number;
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
  /** Resolves when one of its processes has ended. */
  readonly ended: Promise<Error>;
  snapshot(): Promise<ServerSnapshot>;
  /** Proportional set size of all its processes, in bytes. */
  memory(): number | null;
  threads(): number | null;
  /** Closes every connection, ends the processes, gives the row of each connection. */
  stop(): Promise<readonly ServerRow[]>;
  kill(): void;
}

/** Binds, starts the processes, and resolves when they serve. Errors have `code` and `syscall`. */
export function startServer(spec: ServerSpec): Promise<Server> {
  return isCommand(spec.model) ? startCommand(spec) : startHosts(spec);
}

async function startHosts(spec: ServerSpec): Promise<Server> {
  const started = native.now();
  const listening = listen(spec.host, spec.port, spec.backlog);
  const hosts: Remote<HostMethods>[] = [];
  try {
    for (let i = 0; i < spec.processes; i++) hosts.push(spawnHost(spec, listening.fd));
    const { model, service, backlog, loops } = spec;
    await Promise.all(hosts.map((host) => host.call('start', { model, service, backlog, loops })));
  } catch (error) {
    for (const host of hosts) host.kill();
    throw error;
  } finally {
    native.close(listening.fd); // theirs now: a socket that its servers have left refuses connections
  }
  return { ...handleOf(hosts, spec.loops), ...listening, started };
}

/** Binds and listens. The error says where it could not. */
export function listen(host: string, port: number, backlog: number): Listening {
  try {
    return native.listen(host, port, backlog);
  } catch (thrown) {
    const { message, code } = thrown as NodeJS.ErrnoException;
    const why = message.replace(/^\w+: /, '');
    const error = new Error(`cannot listen on ${host}, port ${port}: ${why}`, { cause: thrown });
    throw Object.assign(error, { code });
  }
}

function spawnHost(spec: ServerSpec, listener: number): Remote<HostMethods> {
  return spawnRemote<HostMethods>(new URL('./host.js', import.meta.url), {
    name: `${spec.model} server process`,
    cpus: spec.cpus,
    descriptors: [listener],
  });
}

function sum(values: readonly (number | null)[]): number | null {
  return values.reduce(
    (total, value) => (total === null || value === null ? null : total + value),
    0,
  );
}

function handleOf(hosts: readonly Remote<HostMethods>[], loops: number) {
  const pids = hosts.map((host) => host.pid);
  return {
    pids,
    ended: Promise.race(hosts.map((host) => host.ended)),
    snapshot: async (): Promise<ServerSnapshot> => {
      const each = await Promise.all(hosts.map((host) => host.call('snapshot')));
      const add = (get: (one: (typeof each)[number]) => number) =>
        each.reduce((total, one) => total + get(one), 0);
      const loopCounts = each.flatMap((one) => one.loops);
      return {
        at: Math.max(...each.map((one) => one.at)),
        total: sumCounts(loopCounts),
        loops: loopCounts,
        userUs: add((one) => one.userUs),
        systemUs: add((one) => one.systemUs),
        voluntarySwitches: add((one) => one.voluntarySwitches),
        involuntarySwitches: add((one) => one.involuntarySwitches),
      };
    },
    memory: () => sum(pids.map(readPss)),
    threads: () => sum(pids.map(countThreads)),
    stop: async (): Promise<readonly ServerRow[]> => {
      const tables = await Promise.all(hosts.map((host) => host.call('stop')));
      await Promise.all(hosts.map((host) => host.release()));
      return tables.flatMap((columns, i) => rowsOf(columns, i * loops));
    },
    kill: () => {
      for (const host of hosts) host.kill();
    },
  };
}
