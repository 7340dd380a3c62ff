/**
 * All processes of one program: by its control group, or by its process tree if no group can be
 * created.
 */
import { native } from '../native.js';
import type { CpuSource, CpuTime } from '../native-data.js';
import { type ControlGroup, parseCpuStat } from './control-group.js';
import { killAll, switchesOf, type TreeUsage, threadsOf, treeOf, usageOf } from './process-tree.js';
import { readText } from './procfs.js';
import { isUnchanged, type Member, readMembers } from './tree-membership.js';

export interface ProgramProcesses {
  pids(): readonly number[];
  threads(): number | null;
  usage(): TreeUsage;
  /** Null if processes started or ended since the last call and their CPU time is not counted. */
  cpuSource(): CpuSource | null;
  /** `ns` is NaN if cpuSource() would be null. */
  cpuTime(): CpuTime;
  /** Sends SIGKILL to all of them. */
  kill(): void;
  /** Releases their control group; call after kill(). */
  release(): Promise<void>;
  /** The same synchronously, for the exit of this process. */
  releaseNow(): void;
}

/** The group counts all members, including ended ones. */
export function processesOfGroup(group: ControlGroup): ProgramProcesses {
  const { statFile } = group;
  return {
    pids: group.members,
    threads: group.threads,
    usage: () => {
      const stat = readText(statFile);
      const pids = group.members();
      const used = (name: string) => parseCpuStat(stat, name) ?? Number.NaN;
      return {
        userUs: used('user_usec'),
        systemUs: used('system_usec'),
        ...switchesOf(pids),
      };
    },
    cpuSource: () => ({ pids: group.members(), statFile }),
    cpuTime: () => native.cpuTime(group.members(), statFile),
    kill: group.kill,
    release: group.remove,
    releaseNow: group.removeNow,
  };
}

/** Only the CPU time of live processes can be read: if one has ended, the total is unknown. */
export function processesOfTree(...roots: readonly number[]): ProgramProcesses {
  const pids = () => roots.flatMap(treeOf);
  const [forSource, forTime] = [membershipWatch(), membershipWatch()];
  return {
    pids,
    threads: () => threadsOf(pids()),
    usage: () => usageOf(pids()),
    cpuSource: () => {
      const now = pids();
      return forSource(now) ? { pids: now, statFile: '' } : null;
    },
    cpuTime: () => {
      const now = pids();
      const time = native.cpuTime(now, '');
      return forTime(now) ? time : { ...time, ns: Number.NaN };
    },
    kill: () => killAll(pids()),
    release: async () => {},
    releaseNow: () => {},
  };
}

/**
 * Returns a function that checks whether the members are the same as at its last call; true at the
 * first call.
 */
function membershipWatch(): (pids: readonly number[]) => boolean {
  let last: readonly Member[] | undefined;
  return (pids) => {
    const members = readMembers(pids);
    const unchanged = isUnchanged(last ?? members, members);
    last = members;
    return unchanged;
  };
}
