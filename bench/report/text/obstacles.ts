/** Why a model can't serve a demand on this machine, in words. */
import { SELECT_CONNECTIONS } from '../../../lib/catalog/ceilings.js';
import type { Obstacle, ThreadLimit } from '../../../lib/catalog/obstacles.js';
import { whole } from './format.js';

export function obstacleInWords(obstacle: Obstacle): string {
  switch (obstacle.kind) {
    case 'earlier':
      return obstacle.text;
    case 'service not served':
      return `it does not serve ${obstacle.service}`;
    case 'descriptor tables are shared':
      return 'unshare(CLONE_FILES) can’t be used here (seccomp, ThreadSanitizer)';
    case 'FD_SETSIZE':
      return `connections ${excess(obstacle)}: an fd_set holds descriptors below FD_SETSIZE (1024), ${SELECT_CONNECTIONS} connections a loop; try --workers ${obstacle.workers}, or select-wide`;
    case 'threads':
      return `${obstacle.of}s ${excess(obstacle)}: ${LIMITS[obstacle.limit]}`;
    case 'a queue for each worker':
      return 'a worker with its own queue would keep it waiting for one connection; --accept shared';
    case 'idle connections hold all workers':
      return `${obstacle.idle} idle connections would hold all ${obstacle.workers} workers for good; try --workers ${obstacle.idle + 1}`;
    case 'accept queue': {
      const { needed, workers, queue } = obstacle;
      return `connections ${excess({ needed, possible: workers + queue })}: ${workers} in service and ${queue} in the accept queue; try --workers or --start immediate`;
    }
    case 'descriptors':
      return `descriptors in a server process: ${excess(obstacle)}: the hard limit of descriptors in one process (ulimit -Hn); try --server-processes ${obstacle.processes}`;
    default:
      return uringInWords(obstacle);
  }
}

const LIMITS: Readonly<Record<ThreadLimit, string>> = {
  'kernel.pid_max': 'kernel.pid_max',
  'kernel.threads-max': 'kernel.threads-max',
  RLIMIT_NPROC: 'ulimit -u',
  'pids.max': "the control group's pids.max",
  'vm.max_map_count': 'vm.max_map_count',
  'available memory': 'available memory',
};

function excess({ needed, possible }: { readonly needed: number; readonly possible: number }) {
  return `${whole(needed)} asked, ${whole(possible)} possible`;
}

type UringObstacle = Extract<Obstacle, { readonly kind: `io_uring ${string}` }>;

function uringInWords(obstacle: UringObstacle): string {
  switch (obstacle.kind) {
    case 'io_uring missing':
      return 'this kernel has no io_uring';
    case 'io_uring too old':
      return 'io_uring without multishot receive: that came with Linux 6.0';
    case 'io_uring disabled':
      return `io_uring is disabled (kernel.io_uring_disabled = ${obstacle.value}); sysctl -w kernel.io_uring_disabled=0`;
    case 'io_uring forbidden':
      return 'io_uring is forbidden here (seccomp, as containers have it)';
    case 'io_uring failed':
      return `io_uring can't be used: ${obstacle.reason}`;
  }
}
