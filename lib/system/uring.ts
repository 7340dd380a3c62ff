/** Whether io_uring can be used here, and with which set-up flags: io_uring_setup(2), "io_uring_disabled" of sysctl. */
import { native } from '../native.js';
import { readText } from './procfs.js';

export interface Uring {
  /** `SINGLE_ISSUER | DEFER_TASKRUN`, `none`; null where it can't be used. */
  readonly flags: string | null;
  /** Why it can't be used; null if it can. */
  readonly obstacle: string | null;
}

export function readUring(): Uring {
  try {
    return { flags: native.probeUring(), obstacle: null };
  } catch (error) {
    return { flags: null, obstacle: obstacleOf(error as NodeJS.ErrnoException) };
  }
}

/** `disabled`: what /proc/sys/kernel/io_uring_disabled says. */
export function obstacleOf(
  { code, message }: Pick<NodeJS.ErrnoException, 'code' | 'message'>,
  disabled = Number(readText('/proc/sys/kernel/io_uring_disabled') ?? 0),
): string {
  switch (code) {
    case 'ENOSYS':
      return 'this kernel has no io_uring';
    case 'EINVAL':
      return 'io_uring without multishot receive: that came with Linux 6.0';
    case 'EPERM':
      return disabled > 0
        ? `io_uring is disabled (kernel.io_uring_disabled = ${disabled}); sysctl -w kernel.io_uring_disabled=0`
        : 'io_uring is forbidden here (seccomp, as containers have it)';
    default:
      return `io_uring can't be used: ${message}`;
  }
}
