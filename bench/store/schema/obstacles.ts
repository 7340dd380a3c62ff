/** The schema of obstacles: why a cell can't be run. */
import { z } from 'zod';
import type { Obstacle } from '../../../lib/catalog/obstacles.js';
import { number, text } from './parts.js';

const kind = <Kind extends string>(name: Kind) => z.literal(name);

export const obstacle = z.union([
  z.object({
    kind: z.enum([
      'io_uring missing',
      'io_uring too old',
      'io_uring forbidden',
      'descriptor tables are shared',
      'a queue for each worker',
    ]),
  }),
  z.object({ kind: kind('io_uring disabled'), value: number }),
  z.object({ kind: kind('io_uring failed'), reason: text }),
  z.object({ kind: kind('service not served'), service: text }),
  z.object({ kind: kind('FD_SETSIZE'), needed: number, possible: number, workers: number }),
  z.object({
    kind: kind('threads'),
    of: z.enum(['thread', 'Worker', 'process']),
    needed: number,
    possible: number,
    limit: z.enum([
      'kernel.pid_max',
      'kernel.threads-max',
      'RLIMIT_NPROC',
      'pids.max',
      'vm.max_map_count',
      'available memory',
    ]),
  }),
  z.object({ kind: kind('idle connections hold all workers'), idle: number, workers: number }),
  z.object({ kind: kind('accept queue'), needed: number, workers: number, queue: number }),
  z.object({ kind: kind('descriptors'), needed: number, possible: number, processes: number }),
  z.object({ kind: kind('earlier'), text }),
]) satisfies z.ZodType<Obstacle>;
