/** The child processes of a process: proc_pid_stat(5). */
import { readdirSync, readFileSync } from 'node:fs';

/** In the order of their start time, which has a resolution of 10 ms. */
export function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => statOf(Number(name)) ?? [])
    .filter(({ parent }) => parent === pid)
    .sort((a, b) => a.started - b.started)
    .map((stat) => stat.pid);
}

/** Null if the process has ended. */
function statOf(pid: number) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return { pid, parent: Number(fields[1]), started: Number(fields[19]) };
  } catch {
    return null;
  }
}
