/** Why a model can't serve a demand on this machine, in words. */

import { SELECT_CONNECTIONS } from '../../../lib/catalog/ceilings.js';
import type { Obstacle, ThreadLimit } from '../../../lib/schema/obstacles.js';
import { bytes, whole } from '../../text/format.js';

export function obstacleInWords(obstacle: Obstacle): string {
  switch (obstacle.kind) {
    case 'earlier':
      return obstacle.text;
    case 'service not served':
      return `it does not serve ${obstacle.service}`;
    case 'descriptor tables are shared':
      return 'unshare(CLONE_FILES) can’t be used here (seccomp, ThreadSanitizer)';
    case 'FD_SETSIZE':
      return `${excess(obstacle, 'connections')}: an fd_set holds descriptors below FD_SETSIZE (1024), ${SELECT_CONNECTIONS} connections per loop; try --workers ${obstacle.workers}, or select-wide`;
    case 'threads':
      return `${excess(obstacle, PLURAL[obstacle.of])}: ${LIMITS[obstacle.limit]}`;
    case 'a queue for each worker':
      return 'with --accept reuseport connections would wait for one particular worker; use --accept shared';
    case 'idle connections hold all workers':
      return `${obstacle.idle} idle connections would occupy all ${obstacle.workers} workers permanently; try --workers ${obstacle.idle + 1}`;
    case 'accept queue': {
      const { needed, workers, queue } = obstacle;
      return `${excess({ needed, possible: workers + queue }, 'connections')}: ${workers} in service and ${queue} in the accept queue; try --workers or --start immediate`;
    }
    case 'descriptors':
      return `${excess(obstacle, 'descriptors in one server process')}: the hard limit of a process (ulimit -Hn); try --server-processes ${obstacle.processes}`;
    case 'storage too small': {
      const { needs, free, directory } = obstacle;
      return `needs ${bytes(needs)} in ${directory}, ${bytes(free)} can be used; choose another directory or a smaller load`;
    }
    default:
      return uringInWords(obstacle);
  }
}

const PLURAL = { thread: 'threads', Worker: 'Workers', process: 'processes' } as const;

const LIMITS: Readonly<Record<ThreadLimit, string>> = {
  'kernel.pid_max': 'kernel.pid_max',
  'kernel.threads-max': 'kernel.threads-max',
  RLIMIT_NPROC: 'ulimit -u',
  'pids.max': "the control group's pids.max",
  'vm.max_map_count': 'vm.max_map_count',
  'available memory': 'available memory',
};

function excess(
  { needed, possible }: { readonly needed: number; readonly possible: number },
  what: string,
) {
  return `needs ${whole(needed)} ${what}, limit is ${whole(possible)}`;
}

type UringObstacle = Extract<Obstacle, { readonly kind: `io_uring ${string}` }>;

function uringInWords(obstacle: UringObstacle): string {
  switch (obstacle.kind) {
    case 'io_uring missing':
      return 'this kernel has no io_uring';
    case 'io_uring too old':
      return 'io_uring has no multishot receive here; it needs Linux 6.0';
    case 'io_uring disabled':
      return `io_uring is disabled (kernel.io_uring_disabled = ${obstacle.value}); sysctl -w kernel.io_uring_disabled=0`;
    case 'io_uring forbidden':
      return 'io_uring is forbidden here (seccomp, as in containers)';
    case 'io_uring failed':
      return `io_uring can't be used: ${obstacle.reason}`;
  }
}
