/**
 * Detects whether io_uring can be used, and with which set-up flags: io_uring_setup(2),
 * "io_uring_disabled" of sysctl.
 */
import { native } from '../native.js';
import type { UringObstacle } from '../schema/obstacles.js';
import { readText } from './procfs.js';

export interface Uring {
  /** `SINGLE_ISSUER | DEFER_TASKRUN`, `none`; null if it can't be used. */
  readonly flags: string | null;
  /** Why it can't be used; null if it can. */
  readonly obstacle: UringObstacle | null;
}

export function readUring(): Uring {
  try {
    return { flags: native.probeUring(), obstacle: null };
  } catch (error) {
    return { flags: null, obstacle: obstacleOf(error as NodeJS.ErrnoException) };
  }
}

/** `disabled`: the value in /proc/sys/kernel/io_uring_disabled. */
export function obstacleOf(
  { code, message }: Pick<NodeJS.ErrnoException, 'code' | 'message'>,
  disabled = Number(readText('/proc/sys/kernel/io_uring_disabled') ?? 0),
): UringObstacle {
  switch (code) {
    case 'ENOSYS':
      return { kind: 'io_uring missing' };
    case 'EINVAL':
      return { kind: 'io_uring too old' };
    case 'EPERM':
      return disabled > 0
        ? { kind: 'io_uring disabled', value: disabled }
        : { kind: 'io_uring forbidden' };
    default:
      return { kind: 'io_uring failed', reason: message };
  }
}
