/**
 * Why a model can't meet a demand on this machine, as data; bench/report/text/obstacles.ts has the
 * texts.
 */
import type { UringObstacle } from '../system/uring.js';

/** The limits on the number of threads and processes. */
export type ThreadLimit =
  | 'kernel.pid_max'
  | 'kernel.threads-max'
  | 'RLIMIT_NPROC'
  | 'pids.max'
  | 'vm.max_map_count'
  | 'available memory';

export type Obstacle =
  | UringObstacle
  | { readonly kind: 'descriptor tables are shared' }
  | { readonly kind: 'service not served'; readonly service: string }
  /** `workers`: how many would suffice. */
  | {
      readonly kind: 'FD_SETSIZE';
      readonly needed: number;
      readonly possible: number;
      readonly workers: number;
    }
  | {
      readonly kind: 'threads';
      readonly of: 'thread' | 'Worker' | 'process';
      readonly needed: number;
      readonly possible: number;
      readonly limit: ThreadLimit;
    }
  | { readonly kind: 'a queue for each worker' }
  | {
      readonly kind: 'idle connections hold all workers';
      readonly idle: number;
      readonly workers: number;
    }
  | {
      readonly kind: 'accept queue';
      readonly needed: number;
      readonly workers: number;
      readonly queue: number;
    }
  /** `processes`: how many would suffice. */
  | {
      readonly kind: 'descriptors';
      readonly needed: number;
      readonly possible: number;
      readonly processes: number;
    }
  /** Text, in runs of earlier versions. */
  | { readonly kind: 'earlier'; readonly text: string };
