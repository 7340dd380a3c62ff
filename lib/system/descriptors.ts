/** How many descriptors this process can still open: RLIMIT_NOFILE of getrlimit(2), less those it has. */
import { readdirSync, statSync } from 'node:fs';
import { parseResourceLimit } from './limits.js';
import { readText } from './procfs.js';

const TABLE = '/proc/self/fd';
/** With so many left it needn't be known exactly. */
const PLENTY = 256;

/** 0 too where there isn't even one left to look with. */
export function descriptorsLeft(): number {
  const { soft } = parseResourceLimit(readText('/proc/self/limits'), 'Max open files');
  if (soft === 'unlimited') return Number.POSITIVE_INFINITY;
  if (soft === null) return 0;
  const atLeast = soft - statSync(TABLE).size; // since Linux 6.2 the count of its entries; 0 before
  return atLeast >= PLENTY && atLeast < soft ? atLeast : soft - countBelow(soft);
}

/** The limit is on a descriptor's number: those that are numbered above it take no room below. */
function countBelow(limit: number): number {
  try {
    return readdirSync(TABLE).filter((fd) => Number(fd) < limit).length;
  } catch {
    return limit;
  }
}
