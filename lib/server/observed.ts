/** How the processes of a server are observed from outside. */
import { native } from '../native.js';
import type { CpuSource, CpuTime } from '../native-data.js';
import { sumKnown, sumOf } from '../sums.js';
import { type ControlGroup, makeControlGroup } from '../system/control-group.js';
import { memoryOf, ownMemoryOf } from '../system/process-tree.js';
import { countThreads, readAnonymous, readPss } from '../system/procfs.js';
import { processesOfGroup, processesOfTree } from '../system/program-processes.js';
import type { ServerSnapshot } from './server.js';
import type { ProcessSnapshot } from './server-process.js';

type Usage = Pick<
  ServerSnapshot,
  'userUs' | 'systemUs' | 'voluntarySwitches' | 'involuntarySwitches'
>;

export interface Observed {
  pids(): readonly number[];
  cpuSource(): CpuSource | null;
  cpuTime(): CpuTime;
  memory(): number | null;
  ownMemory(): number | null;
  threads(): number | null;
  /** `each`: what the processes told of themselves; undefined for a dead one, which makes the usage NaN. */
  usage(each: readonly (ProcessSnapshot | undefined)[]): Usage;
  /** Ends what the processes have started and left behind. */
  kill(): void;
  /** Call when the processes have ended. */
  release(): Promise<void>;
}

/** Processes that start no others. */
export function observeEach(pids: readonly number[]): Observed {
  return {
    pids: () => pids,
    cpuSource: () => ({ pids, statFile: '' }),
    cpuTime: () => native.cpuTime(pids, ''),
    memory: () => sumKnown(pids.map(readPss)),
    ownMemory: () => sumKnown(pids.map(readAnonymous)),
    threads: () => sumKnown(pids.map(countThreads)),
    usage: (each) => {
      const add = (get: (one: ProcessSnapshot) => number) => sumOfAll(each, get);
      return {
        userUs: add((one) => one.userUs),
        systemUs: add((one) => one.systemUs),
        voluntarySwitches: add((one) => one.voluntarySwitches),
        involuntarySwitches: add((one) => one.involuntarySwitches),
      };
    },
    kill: () => {},
    release: async () => {},
  };
}

/**
 * Processes that start others: call before they do. Without a control group, CPU time is unknown between two readings
 * if a process ended in between.
 */
export function observeTrees(roots: readonly number[], makeGroup = makeControlGroup): Observed {
  const group = groupOf(roots, makeGroup);
  const all = group === null ? processesOfTree(...roots) : processesOfGroup(group);
  let isOver = false;
  const kill = () => {
    // The process IDs may have been reused.
    if (!isOver) all.kill();
  };
  const killOnExit = () => {
    kill();
    all.releaseNow();
  };
  process.once('exit', killOnExit);
  return {
    pids: all.pids,
    cpuSource: all.cpuSource,
    cpuTime: all.cpuTime,
    memory: () => memoryOf(all.pids()),
    ownMemory: () => ownMemoryOf(all.pids()),
    threads: all.threads,
    usage: (each) => {
      const live = all.usage();
      const ended = (name: 'voluntarySwitches' | 'involuntarySwitches') =>
        sumOfAll(each, (one) => one.ended?.[name] ?? 0);
      return {
        ...live,
        voluntarySwitches: live.voluntarySwitches + ended('voluntarySwitches'),
        involuntarySwitches: live.involuntarySwitches + ended('involuntarySwitches'),
      };
    },
    kill,
    release: async () => {
      isOver = true;
      await all.release();
      process.off('exit', killOnExit);
    },
  };
}

function groupOf(
  roots: readonly number[],
  makeGroup: () => ControlGroup | null,
): ControlGroup | null {
  const group = makeGroup();
  if (group === null || roots.every((pid) => group.add(pid))) return group;
  group.removeNow();
  return null;
}

function sumOfAll<T>(each: readonly (T | undefined)[], get: (one: T) => number): number {
  return sumOf(each, (one) => (one ? get(one) : Number.NaN));
}
