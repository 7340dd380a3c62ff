/** The number and memory of TCP sockets: /proc/net/sockstat, see proc(5). */

import { readFileSync } from 'node:fs';
import { readText } from './procfs.js';

/** Null: the kernel doesn't show it. */
interface Sockstat {
  /** IPv4 TCP sockets, with listeners, without TIME_WAIT. Per network namespace. */
  readonly inUse: number | null;
  /** The same for IPv6; null without IPv6. */
  readonly inUse6: number | null;
  /** Closed by their process but not yet by TCP. Whole machine, with IPv6. */
  readonly orphan: number | null;
  /** In TIME_WAIT: each occupies a local port for a minute. Per network namespace. */
  readonly timeWait: number | null;
  /** All allocated TCP sockets. Whole machine, with IPv6. */
  readonly allocated: number | null;
  /** Buffers of all TCP sockets. Whole machine, with IPv6. */
  readonly memoryBytes: number | null;
}

function parseCount(text: string | null, row: string, name: string): number | null {
  const count = text?.match(new RegExp(`^${row}:.*? ${name} (\\d+)`, 'm'))?.[1];
  return count === undefined ? null : Number(count);
}

export function parseSockstat(
  sockstat: string | null,
  sockstat6: string | null,
  pageSize: number,
): Sockstat {
  const pages = parseCount(sockstat, 'TCP', 'mem');
  return {
    inUse: parseCount(sockstat, 'TCP', 'inuse'),
    inUse6: parseCount(sockstat6, 'TCP6', 'inuse'),
    orphan: parseCount(sockstat, 'TCP', 'orphan'),
    timeWait: parseCount(sockstat, 'TCP', 'tw'),
    allocated: parseCount(sockstat, 'TCP', 'alloc'),
    memoryBytes: pages === null ? null : pages * pageSize,
  };
}

/** The page size in an auxiliary vector of (type, value) words: see getauxval(3). */
export function parsePageSize(auxv: Uint8Array, wordBytes: 4 | 8): number {
  const AT_PAGESZ = 6;
  const Words = wordBytes === 8 ? BigUint64Array : Uint32Array;
  const words = Array.from(new Words(Uint8Array.from(auxv).buffer), Number);
  const at = words.findIndex((word, index) => index % 2 === 0 && word === AT_PAGESZ);
  const size = at === -1 ? undefined : words[at + 1];
  if (size === undefined) throw new Error('no AT_PAGESZ in the auxiliary vector');
  return size;
}

/** The page size in bytes, 4096 on most machines; Node has no function for it. */
export function pageSize(): number {
  const narrow = process.arch === 'arm' || process.arch === 'ia32';
  return parsePageSize(readFileSync('/proc/self/auxv'), narrow ? 4 : 8);
}

export function readSockstat(): Sockstat {
  const [sockstat, sockstat6] = [readText('/proc/net/sockstat'), readText('/proc/net/sockstat6')];
  return parseSockstat(sockstat, sockstat6, pageSize());
}
