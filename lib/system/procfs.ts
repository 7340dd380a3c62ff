/** Reads /proc: processes and memory, see proc(5). Null: absent or unreadable. */

import { readFileSync } from 'node:fs';
import { sumKnown } from '../sums.js';

/** The unit of CPU times under /proc, fixed for user space: USER_HZ. */
export const TICK_US = 10_000;

const KIB = 1024;

/** The file's text, or null if it can't be read: a process may end between two reads. */
export function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** Parses a decimal integer, as in most one-value files; null for anything else. */
export function parseWhole(text: string | null): number | null {
  const digits = text?.trim();
  return digits !== undefined && /^\d+$/.test(digits) ? Number(digits) : null;
}

/** The value of a `Name: value` line, as in /proc/PID/status and /proc/cpuinfo. */
export function parseField(text: string | null, name: string): string | null {
  return text?.match(new RegExp(`^${name}[ \\t]*:[ \\t]*(.*?)[ \\t]*$`, 'm'))?.[1] ?? null;
}

/** The bytes of a `Name: 123 kB` line, as in /proc/meminfo and /proc/PID/smaps_rollup. */
export function parseKilobytes(text: string | null, name: string): number | null {
  const kilobytes = parseField(text, name)?.match(/^(\d+) kB$/)?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * KIB;
}

/** A path in /proc/mounts and /proc/PID/mountinfo: a space is written as \\040. */
export function parseMountPath(text: string): string {
  return text.replace(/\\(\d{3})/g, (_, octal) => String.fromCharCode(Number.parseInt(octal, 8)));
}

/** The number of threads in /proc/PID/status; null for a zombie, which reports 1. */
export function parseThreads(status: string | null): number | null {
  const threads = parseWhole(parseField(status, 'Threads'));
  const dead = /^[ZX]/.test(parseField(status, 'State') ?? '');
  return dead && threads === 1 ? null : threads;
}

/**
 * Proportional set size (PSS) in bytes: shared pages are divided among the processes that map them.
 */
export function readPss(pid: number): number | null {
  return parseKilobytes(readText(`/proc/${pid}/smaps_rollup`), 'Pss');
}

/** Anonymous memory in bytes. Unlike the PSS it doesn't shrink when the kernel drops file pages. */
export function readAnonymous(pid: number): number | null {
  return parseKilobytes(readText(`/proc/${pid}/smaps_rollup`), 'Pss_Anon');
}

export function countThreads(pid: number): number | null {
  return parseThreads(readText(`/proc/${pid}/status`));
}

/** Kernel memory in bytes: slab objects such as sockets, thread stacks, page tables. */
export function readKernelMemory(): number | null {
  const text = readText('/proc/meminfo');
  const parts = ['Slab', 'KernelStack', 'PageTables'].map((name) => parseKilobytes(text, name));
  return sumKnown(parts);
}

/** Memory available without swapping, in bytes: MemAvailable, including reclaimable caches. */
export function availableMemory(): number | null {
  return parseKilobytes(readText('/proc/meminfo'), 'MemAvailable');
}
