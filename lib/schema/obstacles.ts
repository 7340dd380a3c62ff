/**
 * The schema of obstacles: why a model can't meet a demand on this machine.
 * bench/report/text/obstacles.ts has the texts.
 */
import { z } from 'zod';
import { number, type Of, text } from './parts.js';

const kind = <Kind extends string>(name: Kind) => z.literal(name);

/** The limits on the number of threads and processes. */
const threadLimit = z.enum([
  'kernel.pid_max',
  'kernel.threads-max',
  'RLIMIT_NPROC',
  'pids.max',
  'vm.max_map_count',
  'available memory',
]);

/** Why io_uring can't be used. */
const uringObstacle = z.union([
  z.object({
    kind: z.enum([
      'io_uring missing',
      /** No multishot receive, which requires Linux 6.0. */
      'io_uring too old',
      'io_uring forbidden',
    ]),
  }),
  /** `value`: the sysctl kernel.io_uring_disabled. */
  z.object({ kind: kind('io_uring disabled'), value: number }),
  z.object({ kind: kind('io_uring failed'), reason: text }),
]);

export const obstacle = z.union([
  ...uringObstacle.options,
  z.object({ kind: z.enum(['descriptor tables are shared', 'a queue for each worker']) }),
  z.object({ kind: kind('service not served'), service: text }),
  /** `workers`: how many would suffice. */
  z.object({ kind: kind('FD_SETSIZE'), needed: number, possible: number, workers: number }),
  z.object({
    kind: kind('threads'),
    of: z.enum(['thread', 'Worker', 'process']),
    needed: number,
    possible: number,
    limit: threadLimit,
  }),
  z.object({ kind: kind('idle connections hold all workers'), idle: number, workers: number }),
  z.object({ kind: kind('accept queue'), needed: number, workers: number, queue: number }),
  /** `processes`: how many would suffice. */
  z.object({ kind: kind('descriptors'), needed: number, possible: number, processes: number }),
  /** Bytes; `free`: those that may be used. */
  z.object({ kind: kind('storage too small'), directory: text, needs: number, free: number }),
  /** Text, in runs of earlier versions. */
  z.object({ kind: kind('earlier'), text }),
]);

export type ThreadLimit = Of<typeof threadLimit>;
export type Obstacle = Of<typeof obstacle>;
export type UringObstacle = Of<typeof uringObstacle>;
