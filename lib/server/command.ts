/** Any program as a server: `cmd:PROGRAM … {port}`, measured from outside through /proc. */
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { counts } from '../account/counts.js';
import { NO_TRANSFERS } from '../account/transfers.js';
import { commandOf } from '../catalog/programs.js';
import { native } from '../native.js';
import { withAffinity } from '../system/affinity.js';
import { type ControlGroup, inGroup, makeControlGroup } from '../system/control-group.js';
import { memoryOf, ownMemoryOf } from '../system/process-tree.js';
import {
  type ProgramProcesses,
  processesOfGroup,
  processesOfTree,
} from '../system/program-processes.js';
import { probe } from './probe.js';
import type { Server, ServerSpec } from './server.js';

/** Time limit until the program's port accepts connections. */
const READY_MS = 15_000;
const POLL_MS = 20;
/** Time limit for the program to end after SIGTERM. */
const STOP_MS = 2000;
const MAX_ERROR_CHARS = 300;

/** Starts the program on its CPUs and resolves when its port accepts a connection. */
export async function startCommand(
  spec: ServerSpec,
  makeGroup = makeControlGroup,
): Promise<Server> {
  const started = native.now();
  const port = spec.port === 0 ? freePort(spec.host) : spec.port;
  const program = launch(spec, port, makeGroup());
  try {
    await readiness(spec.host, port, program.ended);
  } catch (error) {
    await program.end();
    throw error;
  }
  return handleOf(program, spec.host, port, started);
}

interface Program {
  readonly ended: Promise<Error>;
  processes(): ProgramProcesses;
  /** SIGTERM to its process group. */
  terminate(): void;
  kill(): void;
  /** Kills the remaining processes and resolves when the program has ended. */
  end(): Promise<void>;
}

/** The program's command; {NAME} stands for an option of the service. */
function commandLine({ model, host, service }: ServerSpec, port: number): string {
  const values = { ...service.options, host, port: String(port) };
  return Object.entries(values).reduce(
    (line, [name, value]) => line.replaceAll(`{${name}}`, value),
    commandOf(model),
  );
}

function launch(spec: ServerSpec, port: number, group: ControlGroup | null): Program {
  const line = commandLine(spec, port);
  const child = withAffinity(spec.cpus, () =>
    // A separate process group, so that a signal reaches all processes that the program starts.
    spawn('/bin/sh', inGroup(line, group), {
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    }),
  );
  return programOf(child, group);
}

function programOf(child: ChildProcess, group: ControlGroup | null): Program {
  const ended = endOf(child);
  const byTree = processesOfTree(...(child.pid === undefined ? [] : [child.pid]));
  const byGroup = group === null ? byTree : processesOfGroup(group);
  // The group is empty if the kernel denied the program entry.
  const processes = () => (byGroup.pids().length > 0 ? byGroup : byTree);
  let isOver = false;
  const kill = () => {
    // The process ID may have been reused.
    if (isOver) return;
    processes().kill();
    signalGroup(child.pid, 'SIGKILL');
  };
  const killOnExit = () => {
    kill();
    byGroup.releaseNow();
  };
  // The program has a separate process group and would outlive this process.
  process.once('exit', killOnExit);
  const end = async () => {
    kill();
    await ended;
    isOver = true;
    await byGroup.release();
    process.off('exit', killOnExit);
  };
  return {
    ended,
    processes,
    terminate: () => signalGroup(child.pid, 'SIGTERM'),
    kill: () => void end(),
    end,
  };
}

function handleOf(program: Program, address: string, port: number, started: number): Server {
  const unknown = counts({});
  const processes = program.processes();
  const endsSoon = () => Promise.race([program.ended, sleep(STOP_MS)]);
  let isStopping = false;
  const ended = new Promise<Error>((resolve) => {
    program.ended.then((error) => {
      if (!isStopping) resolve(error);
    });
  });
  return {
    address,
    port,
    started,
    ended,
    get pids() {
      return processes.pids();
    },
    snapshot: async () => ({ total: unknown, loops: [], ...processes.usage() }),
    cpuSource: processes.cpuSource,
    cpuTime: processes.cpuTime,
    memory: () => memoryOf(processes.pids()),
    ownMemory: () => ownMemoryOf(processes.pids()),
    threads: processes.threads,
    takeRows: async () => [],
    takeTransfers: () => NO_TRANSFERS,
    stop: async () => {
      // A crashing program closes its listener shortly before its exit is reported.
      if ((await probe(address, port)) === 'refuses') await endsSoon();
      isStopping = true;
      program.terminate();
      await endsSoon();
      await program.end();
      return [];
    },
    kill: program.kill,
  };
}

/** A port that is free now; the program binds it itself. */
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
  while ((await probe(host, port)) !== 'accepts') {
    if (failure) throw failure;
    if (performance.now() > deadline)
      throw new Error(`the program accepted nothing on port ${port} within ${READY_MS / 1000} s`);
    await sleep(POLL_MS);
  }
}

/** Resolves when the program has ended, to an Error with the last line of its stderr. */
function endOf(child: ChildProcess): Promise<Error> {
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString()).slice(-MAX_ERROR_CHARS);
  });
  return new Promise((resolve) => {
    child.once('error', resolve);
    child.once('exit', (code, signal) => {
      const last = stderr.trim().split('\n').at(-1) ?? '';
      const why = last === '' ? '' : `: ${last}`;
      resolve(new Error(`the program ended early (${signal ?? `exit code ${code}`})${why}`));
    });
  });
}

function signalGroup(leader: number | undefined, signal: NodeJS.Signals): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, signal);
  } catch {
    // it has ended
  }
}
