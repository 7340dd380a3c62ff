/** The descriptor tables of other processes: prlimit(1), and /proc/PID/fd of proc(5). */
import { execFile } from 'node:child_process';
import { readdirSync, readlinkSync } from 'node:fs';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** The soft limit alone: so that it can be raised again by anyone. */
export async function limitDescriptors(pid: number, limit: number): Promise<void> {
  await execute('prlimit', ['--pid', `${pid}`, `--nofile=${limit}:`]);
}

/** Leaves the process so many descriptors beyond those it has; the limit that does. */
export async function leaveDescriptors(pid: number, room: number): Promise<number> {
  const taken = new Set(readdirSync(`/proc/${pid}/fd`).map(Number));
  let limit = 0;
  for (let free = 0; free < room; limit++) if (!taken.has(limit)) free++;
  await limitDescriptors(pid, limit);
  return limit;
}

/** Sockets in every descriptor table of the processes: a thread may have one of its own. */
export function countSockets(pids: readonly number[]): number {
  const tables = pids.flatMap((pid) =>
    readdirSync(`/proc/${pid}/task`).map((task) => `/proc/${pid}/task/${task}/fd`),
  );
  const targets = tables.flatMap((table) =>
    readdirSync(table).map((fd) => linkOf(`${table}/${fd}`)),
  );
  return new Set(targets.filter((target) => target.startsWith('socket:'))).size;
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return ''; // closed meanwhile
  }
}
