/** The entry of a client process: its native load, led by the experiment. */
import { type NativeLoad, type NativeLoadSpec, native } from '../native.js';
import { serveCalls } from '../remote.js';

let load: NativeLoad | undefined;

function running(): NativeLoad {
  if (!load) throw new Error('the load was not started');
  return load;
}

const methods = {
  /** Resolves at once: so a process is known to be ready before the load begins. */
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

/** The parent has died in mid-run: exit() would wait for whoever waits for the load to end. */
function end(): void {
  if (load) process.kill(process.pid, 'SIGKILL');
  else process.exit();
}

serveCalls(methods, end);
