/** The schema of a run's environment: machine, kernel and versions. */
import { z } from 'zod';
import { limits } from './limits.js';
import { maybe, maybeText, number, type Of, text, textByName, texts } from './parts.js';

/** The minimum, initial and maximum size of a socket's buffer, in bytes. */
const bufferSizes = z.object({ min: number, initial: number, max: number });

/** Null: this kernel lacks or hides the setting. */
const tcpSettings = z.object({
  congestionControl: maybeText,
  availableCongestionControls: texts.nullable(),
  receiveBuffer: bufferSizes.nullable(),
  sendBuffer: bufferSizes.nullable(),
  /**
   * Limits on the total pages of all TCP sockets: no memory pressure below `low`, no allocation
   * above `high`.
   */
  memory: z.object({ low: number, pressure: number, high: number }).nullable(),
  /** net.core.rmem_max and wmem_max: the maximum of SO_RCVBUF and SO_SNDBUF. */
  receiveBufferMax: maybe,
  sendBufferMax: maybe,
});

const gitState = z.object({
  commit: text,
  /** Tracked files differ from the commit. */
  dirty: z.boolean(),
});

/** The native code: the addon, and the program built beside it. */
const addon = z.object({
  /** Of both files, one after the other. */
  sha256: text,
  /** The compiler and optimization level, from predefined macros. */
  build: text,
});

const cpu = z.object({
  model: maybeText,
  /** Whether a hypervisor is present; null if unknown (all but x86). */
  virtualized: z.boolean().nullable(),
  online: number,
  /** A CPU list: `0-3,5`. */
  allowed: text,
  /** Null without frequency scaling, as in most virtual machines. */
  governor: maybeText,
  /** Whether simultaneous multithreading is active; null: unknown. */
  smt: z.boolean().nullable(),
  /** The kernel's text for each vulnerability of this CPU; null if it doesn't report them. */
  mitigations: textByName.nullable(),
});

export const environment = z.object({
  /** `git` is null for an installed package, or if git fails. */
  c10k: z.object({ version: maybeText, git: gitState.nullable(), addon }),
  kernel: z.object({ release: text, clocksource: maybeText }),
  architecture: text,
  cpu,
  memoryBytes: number,
  limits,
  tcp: tcpSettings,
  /** The accepted io_uring set-up flags, or why io_uring can't be used. */
  uring: text,
  versions: z.object({
    node: text,
    v8: text,
    libuv: text,
    /** `glibc 2.36`, `musl`. */
    libc: maybeText,
  }),
  /** The environment variable NODE_OPTIONS, which affects every process of c10k; null: not set. */
  nodeOptions: maybeText,
});

export type BufferSizes = Of<typeof bufferSizes>;
export type TcpSettings = Of<typeof tcpSettings>;
export type GitState = Of<typeof gitState>;
export type Addon = Of<typeof addon>;
export type CpuModel = Pick<Of<typeof cpu>, 'model' | 'virtualized'>;
export type Environment = Of<typeof environment>;
