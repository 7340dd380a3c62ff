/** On which CPUs processes run: sched_setaffinity(2). */
import { native } from '../native.js';
import { allowedCpus } from './cpus.js';

const all = allowedCpus();
let own = all;

/** Keeps this thread on the given CPUs, out of the way of others; call what it returns to let it go again. */
export function stayOn(cpus: readonly number[]): () => void {
  own = cpus;
  native.setAffinity(own);
  return () => {
    own = all;
    native.setAffinity(own);
  };
}

/** Runs `start` with this thread on the given CPUs, so that the processes it starts inherit them. */
export function withAffinity<T>(cpus: readonly number[], start: () => T): T {
  native.setAffinity(cpus);
  try {
    return start();
  } finally {
    native.setAffinity(own);
  }
}
