/** Any program as a server: `cmd:PROGRAM … {port}`, measured from outside through /proc. */
import { type ChildProcess, spawn } from 'node:child_process';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { native } from '../native.js';
import { withAffinity } from '../system/affinity.js';
import { memoryOf, ownMemoryOf, threadsOf, treeOf, usageOf } from '../system/process-tree.js';
import { counts } from './counts.js';
import type { Server, ServerSpec } from './server.js';

const PREFIX = 'cmd:';
/** How long a program may take until its port accepts. */
const READY_MS = 15_000;
const POLL_MS = 20;
/** How long it may take to end by itself. */
const STOP_MS = 2000;
const MOST_ERROR_TEXT = 300;

export function isCommand(model: string): boolean {
  return model.startsWith(PREFIX);
}

/** Starts the program on its CPUs and resolves when its port accepts a connection. */
export async function startCommand(spec: ServerSpec): Promise<Server> {
  const started = native.now();
  const port = spec.port === 0 ? freePort(spec.host) : spec.port;
  const line = spec.model
    .slice(PREFIX.length)
    .replaceAll('{port}', String(port))
    .replaceAll('{host}', spec.host);
  const child = withAffinity(spec.cpus, () =>
    // A process group of its own, so that a signal reaches all that it starts.
    spawn('/bin/sh', ['-c', line], {
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    }),
  );
  const ended = endOf(child);
  const pid = child.pid ?? -1;
  // In a group of its own it would outlive this process.
  const takeAlong = () => killGroup(pid, 'SIGKILL');
  process.once('exit', takeAlong);
  ended.then(() => process.off('exit', takeAlong));
  try {
    await readiness(spec.host, port, ended);
  } catch (error) {
    killGroup(pid, 'SIGKILL');
    throw error;
  }
  return handleOf(pid, spec.host, port, started, ended);
}

function handleOf(
  pid: number,
  address: string,
  port: number,
  started: number,
  ended: Promise<Error>,
): Server {
  const unknown = counts({});
  return {
    address,
    port,
    started,
    ended,
    get pids() {
      return treeOf(pid);
    },
    snapshot: async () => ({
      total: unknown,
      loops: [],
      ...usageOf(treeOf(pid)),
    }),
    cpuSource: () => ({ pids: treeOf(pid), statFile: '' }),
    cpuTime: () => native.cpuTime(treeOf(pid), ''),
    memory: () => memoryOf(treeOf(pid)),
    ownMemory: () => ownMemoryOf(treeOf(pid)),
    threads: () => threadsOf(treeOf(pid)),
    takeRows: async () => [],
    stop: async () => {
      killGroup(pid, 'SIGTERM');
      await Promise.race([ended, sleep(STOP_MS)]);
      killGroup(pid, 'SIGKILL');
      await ended;
      return [];
    },
    kill: () => killGroup(pid, 'SIGKILL'),
  };
}

/** One that nobody has at this moment; the program binds it by itself. */
function freePort(host: string): number {
  const { fd, port } = native.listen(host, 0, 1);
  native.close(fd);
  return port;
}

/** Resolves when the port accepts; rejects when the program has ended or takes too long. */
async function readiness(host: string, port: number, ended: Promise<Error>): Promise<void> {
  const deadline = performance.now() + READY_MS;
  let failure: Error | undefined;
  ended.then((error) => {
    failure = error;
  });
  while (!(await accepts(host, port))) {
    if (failure) throw failure;
    if (performance.now() > deadline)
      throw new Error(`the program accepted nothing on port ${port} within ${READY_MS / 1000} s`);
    await sleep(POLL_MS);
  }
}

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    const tell = (accepted: boolean) => {
      socket.destroy();
      resolve(accepted);
    };
    socket.once('connect', () => tell(true));
    socket.once('error', () => tell(false));
  });
}

/** Resolves when the program has ended, with the last it said of that. */
function endOf(child: ChildProcess): Promise<Error> {
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-MOST_ERROR_TEXT);
  });
  return new Promise((resolve) => {
    child.once('error', resolve);
    child.once('exit', (code, signal) => {
      const last = said.trim().split('\n').at(-1) ?? '';
      const why = last === '' ? '' : `: ${last}`;
      resolve(new Error(`the program ended early (${signal ?? `exit code ${code}`})${why}`));
    });
  });
}

function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // it is gone already
  }
}
