/**
 * The number of descriptors that this process can still open: RLIMIT_NOFILE of getrlimit(2) minus
 * those open.
 */
import { readdirSync, statSync } from 'node:fs';
import { parseResourceLimit } from './limits.js';
import { readText } from './procfs.js';

const TABLE = '/proc/self/fd';
/** With at least this many left, an estimate is sufficient. */
const EXACT_BELOW = 256;

/** Also 0 if no descriptor is left to read /proc with. */
export function descriptorsLeft(): number {
  const { soft } = parseResourceLimit(readText('/proc/self/limits'), 'Max open files');
  if (soft === 'unlimited') return Number.POSITIVE_INFINITY;
  if (soft === null) return 0;
  const atLeast = soft - statSync(TABLE).size; // since Linux 6.2 the count of its entries; 0 before
  return atLeast >= EXACT_BELOW && atLeast < soft ? atLeast : soft - countBelow(soft);
}

/** The limit applies to descriptor numbers: descriptors above it don't count. */
function countBelow(limit: number): number {
  try {
    return readdirSync(TABLE).filter((fd) => Number(fd) < limit).length;
  } catch {
    return limit;
  }
}
