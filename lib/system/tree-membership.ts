/**
 * Checks whether a process tree is unchanged, so that the sum of its processes' clocks is its total
 * CPU time.
 */
import { constants } from 'node:os';
import { parseStat } from './process-tree.js';
import { parseField, readText } from './procfs.js';

/** A process, with signs of ended children. */
export interface Member {
  readonly pid: number;
  /** Minor page faults of the children it has waited for; every child causes some. */
  readonly childFaults: number;
  /** It ignores SIGCHLD: the kernel then discards its children's CPU times. */
  readonly ignoresChildren: boolean;
}

/** Parses /proc/PID/stat and /proc/PID/status; null if the process has ended. */
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

/**
 * Whether the processes are the same, without a sign that another started and ended between the
 * readings.
 */
export function isUnchanged(before: readonly Member[], after: readonly Member[]): boolean {
  if (after.some(({ ignoresChildren }) => ignoresChildren)) return false;
  const earlier = new Map(before.map((member) => [member.pid, member]));
  return (
    before.length === after.length &&
    after.every(({ pid, childFaults }) => earlier.get(pid)?.childFaults === childFaults)
  );
}
