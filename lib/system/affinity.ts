/** On which CPUs processes run: sched_setaffinity(2). */
import { native } from '../native.js';
import { allowedCpus } from './cpus.js';

const all = allowedCpus();

/** Runs `start` with this thread on the given CPUs, so that the processes it starts inherit them. */
export function withAffinity<T>(cpus: readonly number[], start: () => T): T {
  native.setAffinity(cpus);
  try {
    return start();
  } finally {
    native.setAffinity(all);
  }
}
