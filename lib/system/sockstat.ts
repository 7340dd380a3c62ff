/** How many TCP sockets there are, and what they weigh: /proc/net/sockstat, see proc(5). */

import { readFileSync } from 'node:fs';
import { readText } from './procfs.js';

/** Null: the kernel doesn't show it. */
interface Sockstat {
  /** TCP sockets over IPv4, listeners included, TIME_WAIT not. Of this network namespace. */
  readonly inUse: number | null;
  /** The same over IPv6; null without IPv6. */
  readonly inUse6: number | null;
  /** Closed by their process, not yet by TCP. Of the whole machine, IPv6 included. */
  readonly orphan: number | null;
  /** In TIME_WAIT: each holds a local port for a minute. Of this network namespace. */
  readonly timeWait: number | null;
  /** All TCP sockets that hold memory. Of the whole machine, IPv6 included. */
  readonly allocated: number | null;
  /** Buffers of all TCP sockets. Of the whole machine, IPv6 included. */
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

/** Bytes in a page, 4096 on most machines; Node has no call that tells it. */
export function pageSize(): number {
  const narrow = process.arch === 'arm' || process.arch === 'ia32';
  return parsePageSize(readFileSync('/proc/self/auxv'), narrow ? 4 : 8);
}

export function readSockstat(): Sockstat {
  const [sockstat, sockstat6] = [readText('/proc/net/sockstat'), readText('/proc/net/sockstat6')];
  return parseSockstat(sockstat, sockstat6, pageSize());
}
