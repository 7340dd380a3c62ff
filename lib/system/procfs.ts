/** Reads what the kernel says of a process and of memory: see proc(5). Null: gone or unreadable. */

import { readFileSync } from 'node:fs';
import { sumKnown } from '../sums.js';

/** The unit of CPU times under /proc, fixed for user space: USER_HZ. */
export const TICK_US = 10_000;

const KIB = 1024;

/** The file's text, or null where it can't be read: a process may end between two reads. */
export function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** A whole number written in decimal, as most one-value files hold it; null for anything else. */
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

/** Threads by /proc/PID/status. A zombie still says 1, though nothing of it runs. */
export function parseThreads(status: string | null): number | null {
  const threads = parseWhole(parseField(status, 'Threads'));
  const dead = /^[ZX]/.test(parseField(status, 'State') ?? '');
  return dead && threads === 1 ? null : threads;
}

/** Proportional set size in bytes: shared pages are split among those who map them. */
export function readPss(pid: number): number | null {
  return parseKilobytes(readText(`/proc/${pid}/smaps_rollup`), 'Pss');
}

/** Memory of the process's own, in bytes. Unlike the set size it doesn't shrink when the kernel drops pages of a file. */
export function readAnonymous(pid: number): number | null {
  return parseKilobytes(readText(`/proc/${pid}/smaps_rollup`), 'Pss_Anon');
}

export function countThreads(pid: number): number | null {
  return parseThreads(readText(`/proc/${pid}/status`));
}

/** What the kernel holds of its own, in bytes: objects such as sockets, thread stacks, page tables. */
export function readKernelMemory(): number | null {
  const text = readText('/proc/meminfo');
  const parts = ['Slab', 'KernelStack', 'PageTables'].map((name) => parseKilobytes(text, name));
  return sumKnown(parts);
}

/** Bytes that new work can take without swapping: MemAvailable, caches that give way included. */
export function availableMemory(): number | null {
  return parseKilobytes(readText('/proc/meminfo'), 'MemAvailable');
}
