/** All processes of one program: by its control group, or by its process tree where no group can be made. */
import { type CpuSource, type CpuTime, native } from '../native.js';
import { type ControlGroup, parseCpuStat } from './control-group.js';
import { killAll, switchesOf, type TreeUsage, threadsOf, treeOf, usageOf } from './process-tree.js';
import { readText } from './procfs.js';
import { isUnchanged, type Member, readMembers } from './tree-membership.js';

export interface ProgramProcesses {
  pids(): readonly number[];
  threads(): number | null;
  usage(): TreeUsage;
  /** Null where processes came or ended since the last call, and nothing counts the time of those. */
  cpuSource(): CpuSource | null;
  /** `ns` is NaN where cpuSource() would be null. */
  cpuTime(): CpuTime;
  /** SIGKILL to all of them. */
  kill(): void;
  /** Gives back what was made for them; called when all were killed. */
  release(): Promise<void>;
  /** The same at the end of this process. */
  releaseNow(): void;
}

/** The group counts them all, those that have ended too. */
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

/** Only the time of processes that live can be read: where one has ended, CPU time is unknown. */
export function processesOfTree(root: number | null): ProgramProcesses {
  const pids = () => (root === null ? [] : treeOf(root));
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

/** Whether the members are those of the call before; the first call has only itself to compare with. */
function membershipWatch(): (pids: readonly number[]) => boolean {
  let last: readonly Member[] | undefined;
  return (pids) => {
    const members = readMembers(pids);
    const unchanged = isUnchanged(last ?? members, members);
    last = members;
    return unchanged;
  };
}
