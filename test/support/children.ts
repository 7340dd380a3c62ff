/** The processes that another one started: proc_pid_stat(5). */
import { readdirSync, readFileSync } from 'node:fs';

/** In the order of their start, to a hundredth of a second. */
export function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => statOf(Number(name)) ?? [])
    .filter(({ parent }) => parent === pid)
    .sort((a, b) => a.started - b.started)
    .map((stat) => stat.pid);
}

/** Null for one that has ended. */
function statOf(pid: number) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return { pid, parent: Number(fields[1]), started: Number(fields[19]) };
  } catch {
    return null;
  }
}
