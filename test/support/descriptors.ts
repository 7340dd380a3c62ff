/** The descriptor tables of other processes: prlimit(1), and /proc/PID/fd of proc(5). */
import { execFile } from 'node:child_process';
import { readdirSync, readlinkSync } from 'node:fs';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Sets only the soft limit, so that it can be raised again without privileges. */
export async function limitDescriptors(pid: number, limit: number): Promise<void> {
  await execute('prlimit', ['--pid', `${pid}`, `--nofile=${limit}:`]);
}

/** Leaves the process `room` free descriptors; resolves with the limit that was set. */
export async function leaveDescriptors(pid: number, room: number): Promise<number> {
  const taken = new Set(readdirSync(`/proc/${pid}/fd`).map(Number));
  let limit = 0;
  for (let free = 0; free < room; limit++) if (!taken.has(limit)) free++;
  await limitDescriptors(pid, limit);
  return limit;
}

/** The number of sockets in every descriptor table of the processes: a thread may have a separate table. */
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
    return ''; // closed in the meantime
  }
}
