/** How many descriptors this process can still open: RLIMIT_NOFILE of getrlimit(2), less those it has. */
import { readdirSync, statSync } from 'node:fs';
import { parseResourceLimit } from './limits.js';
import { readText } from './procfs.js';

const TABLE = '/proc/self/fd';

/** Since Linux 6.2 the size of the directory is the count; before, its entries must be read. */
function openDescriptors(): number {
  return statSync(TABLE).size || readdirSync(TABLE).length;
}

/** 0 too where there isn't even one left to look with. */
export function descriptorsLeft(): number {
  const { soft } = parseResourceLimit(readText('/proc/self/limits'), 'Max open files');
  if (soft === 'unlimited') return Number.POSITIVE_INFINITY;
  return soft === null ? 0 : Math.max(0, soft - openDescriptors());
}
