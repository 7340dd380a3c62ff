/** The entry point of a client process: runs its native load on calls from the parent. */
import { type NativeLoad, native } from '../native.js';
import type { NativeLoadSpec } from '../native-data.js';
import { serveCalls } from '../remote.js';

let load: NativeLoad | undefined;

function running(): NativeLoad {
  if (!load) throw new Error('the load was not started');
  return load;
}

const methods = {
  /** Resolves at once, so that the parent knows that the process is ready. */
  ready: () => {},
  start: (spec: NativeLoadSpec) => {
    load = new native.Load(spec);
  },
  connected: () => running().connected(),
  go: (at: number) => running().go(at),
  drained: () => running().drained(),
  finish: () => running().finish(),
  abort: () => load?.abort(),
  progress: () => running().progress(),
};

export type ClientMethods = typeof methods;

/**
 * The parent died during a run. exit() would block on the thread that waits for the load to end.
 */
function end(): void {
  if (load) process.kill(process.pid, 'SIGKILL');
  else process.exit();
}

serveCalls(methods, end);
