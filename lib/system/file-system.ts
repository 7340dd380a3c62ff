/** The file system that holds a directory, and its free space: proc_pid_mountinfo(5), statfs(2). */
import { execFile } from 'node:child_process';
import { realpathSync, statfsSync } from 'node:fs';
import { promisify } from 'node:util';
import { parseMountPath, readText } from './procfs.js';

export interface FileSystem {
  /** As in /proc/mounts: `tmpfs`, `ext4`, `overlay`. */
  readonly type: string;
  /** The same for directories that share their space: `254:0`. */
  readonly device: string;
  /** Null: not limited. */
  readonly freeBytes: number | null;
}

const IN_MEMORY: readonly string[] = ['tmpfs', 'ramfs', 'devtmpfs'];

/** Whether its files take memory, and are never written out. */
export function isInMemory({ type }: Pick<FileSystem, 'type'>): boolean {
  return IN_MEMORY.includes(type);
}

type Mount = Pick<FileSystem, 'type' | 'device'>;

/** The mount with the longest path that leads to `path`; of several on one path the last hides the others. */
export function mountOf(mountinfo: string | null, path: string): Mount | null {
  let longest = -1;
  let found: Mount | null = null;
  for (const line of mountinfo?.split('\n') ?? []) {
    const [, device, text, type] = line.match(/^\d+ \d+ (\d+:\d+) \S+ (\S+) .*? - (\S+) /) ?? [];
    if (device === undefined || text === undefined || type === undefined) continue;
    const point = parseMountPath(text);
    if (point.length < longest || !isBelow(path, point)) continue;
    longest = point.length;
    found = { type, device };
  }
  return found;
}

function isBelow(path: string, point: string): boolean {
  return path === point || path.startsWith(point.endsWith('/') ? point : `${point}/`);
}

/** Null if there is no such directory or its mount is unknown. */
export function readFileSystem(directory: string): FileSystem | null {
  try {
    const mount = mountOf(readText('/proc/self/mountinfo'), realpathSync(directory));
    const { blocks, bavail, bsize } = statfsSync(directory);
    return mount && { ...mount, freeBytes: blocks === 0 ? null : bavail * bsize };
  } catch {
    return null;
  }
}

/** Writes out everything that the file system of a directory holds only in memory: syncfs(2). */
export async function writeOut(directory: string): Promise<void> {
  const fileSystem = readFileSystem(directory);
  if (fileSystem !== null && isInMemory(fileSystem)) return;
  try {
    await promisify(execFile)('sync', ['-f', directory]);
  } catch (error) {
    const { stderr, message } = error as Error & { readonly stderr?: string };
    throw new Error(`sync -f ${directory}: ${(stderr || message).trim().split('\n')[0]}`);
  }
}
