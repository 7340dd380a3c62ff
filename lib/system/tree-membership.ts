/** Whether the processes of a tree are still all that it had, so that their clocks add up to what it used. */
import { constants } from 'node:os';
import { parseStat } from './process-tree.js';
import { parseField, readText } from './procfs.js';

/** One process, as far as it shows that children of it have ended. */
export interface Member {
  readonly pid: number;
  /** Minor page faults of the children it has waited for: every child that ran has some. */
  readonly childFaults: number;
  /** It ignores SIGCHLD: the kernel then discards its children's times, without a trace. */
  readonly ignoresChildren: boolean;
}

/** From the texts of /proc/PID/stat and /proc/PID/status; null for one that has ended. */
export function parseMember(pid: number, stat: string | null, status: string | null) {
  const fields = parseStat(stat);
  const ignored = parseField(status, 'SigIgn');
  if (fields === null || ignored === null || fields[0] === 'Z') return null;
  const bit = 1n << BigInt(constants.signals.SIGCHLD - 1);
  return {
    pid,
    childFaults: Number(fields[8]),
    ignoresChildren: (BigInt(`0x${ignored}`) & bit) !== 0n,
  } satisfies Member;
}

export function readMembers(pids: readonly number[]): readonly Member[] {
  return pids.flatMap((pid) => {
    const read = (file: string) => readText(`/proc/${pid}/${file}`);
    return parseMember(pid, read('stat'), read('status')) ?? [];
  });
}

/** The same processes, and no sign that one came and ended between the two readings. */
export function isUnchanged(before: readonly Member[], after: readonly Member[]): boolean {
  if (after.some(({ ignoresChildren }) => ignoresChildren)) return false;
  const earlier = new Map(before.map((member) => [member.pid, member]));
  return (
    before.length === after.length &&
    after.every(({ pid, childFaults }) => earlier.get(pid)?.childFaults === childFaults)
  );
}
