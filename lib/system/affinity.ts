/** CPU affinity of this thread and its children: sched_setaffinity(2). */
import { native } from '../native.js';
import { allowedCpus } from './cpus.js';

const all = allowedCpus();
let own = all;

/** Restricts this thread to the given CPUs; the returned function lifts the restriction. */
export function stayOn(cpus: readonly number[]): () => void {
  own = cpus;
  native.setAffinity(own);
  return () => {
    own = all;
    native.setAffinity(own);
  };
}

/**
 * Runs `start` with this thread restricted to the given CPUs; processes that it starts inherit the
 * restriction.
 */
export function withAffinity<T>(cpus: readonly number[], start: () => T): T {
  native.setAffinity(cpus);
  try {
    return start();
  } finally {
    native.setAffinity(own);
  }
}
