/** The `fork` model: a native program that inherits the listener and forks a process for each connection. */
import { type ChildProcess, spawn } from 'node:child_process';
import { COUNT_NAMES, counts } from '../account/counts.js';
import { native, programPath } from '../native.js';
import type { HostSpec, StartModel } from './running.js';

export const startForking: StartModel = async ([listener], spec) => {
  const memory = new native.Forking();
  const program = spawn(programPath, argumentsOf(spec), {
    stdio: ['ignore', 'ignore', 'inherit', listener, ...memory.descriptors],
  });
  const ended = endOf(program);
  await new Promise<void>((resolve, reject) => {
    program.once('spawn', resolve);
    program.once('error', reject);
  });
  let isStopping = false;
  let failure: Error | undefined;
  ended.then((error) => {
    if (!isStopping) failure = error;
  });
  return {
    counts: () => {
      if (failure) throw failure;
      const totals = memory.totals();
      return [counts(Object.fromEntries(COUNT_NAMES.map((name, i) => [name, totals[i]])))];
    },
    takeRows: () => memory.takeRows(),
    takeTransfers: () => memory.takeTransfers(),
    switchesOfEnded: () => memory.ended,
    stop: async () => {
      isStopping = true;
      program.kill(native.forkingStopSignal);
      await ended;
      return memory.takeRows();
    },
  };
};

/** Read by native/forking/main.cc. */
function argumentsOf(spec: HostSpec): readonly string[] {
  const { service, idleTimeoutNs = 0, writeTimeoutNs = 0 } = spec;
  const lists = [spec.listsOpenings, spec.listsTransfers].map((wanted) => Number(wanted ?? false));
  const few = spec.model === FEW ? MOST_OF_FEW : 0;
  const fixed = [process.pid, idleTimeoutNs, writeTimeoutNs, ...lists, few];
  const options = Object.entries(service.options).map(([name, value]) => `${name}=${value}`);
  return [service.name, ...fixed.map(String), ...options];
}

/** For tests: a limit of processes that is reached at once. */
const FEW = 'fork-few';
const MOST_OF_FEW = 4;

/** Resolves when the program has ended, to an Error with the reason. */
function endOf(program: ChildProcess): Promise<Error> {
  return new Promise((resolve) => {
    program.once('exit', (code, signal) =>
      resolve(new Error(`the forking program ended early (${signal ?? `exit code ${code}`})`)),
    );
  });
}
