/** A process and all its descendants, from /proc: proc(5). */
import { readdirSync } from 'node:fs';
import { sum, sumOf } from '../sums.js';
import {
  countThreads,
  parseField,
  parseWhole,
  readAnonymous,
  readPss,
  readText,
  TICK_US,
} from './procfs.js';

/** The resource usage of the whole tree so far. Times have a resolution of 10 ms. */
export interface TreeUsage {
  readonly userUs: number;
  readonly systemUs: number;
  readonly voluntarySwitches: number;
  readonly involuntarySwitches: number;
}

/** The fields of /proc/PID/stat from `state` on. The preceding name may contain any character. */
export function parseStat(stat: string | null): readonly string[] | null {
  return stat === null ? null : stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/**
 * The root, its descendants, and members of its session whose parents have ended; empty if none is
 * alive.
 */
export function treeOf(root: number): readonly number[] {
  const all = readProcesses();
  const children = new Map<number, Listed[]>();
  for (const one of all) children.set(one.parent, [...(children.get(one.parent) ?? []), one]);
  const found = new Set(all.filter(({ pid, session }) => pid === root || session === root));
  // Iteration includes elements added to the set meanwhile, so all descendants are found.
  for (const { pid } of found) for (const child of children.get(pid) ?? []) found.add(child);
  return [...found].map(({ pid }) => pid).sort((a, b) => a - b);
}

interface Listed {
  readonly pid: number;
  readonly parent: number;
  readonly session: number;
}

function readProcesses(): readonly Listed[] {
  return readdirSync('/proc').flatMap((name) => {
    const pid = parseWhole(name);
    const stat = pid === null ? null : parseStat(readText(`/proc/${pid}/stat`));
    return pid === null || stat === null
      ? []
      : [{ pid, parent: Number(stat[1]), session: Number(stat[3]) }];
  });
}

export function usageOf(pids: readonly number[]): TreeUsage {
  const ticks = (field: number) =>
    sumOf(pids, (pid) => Number(parseStat(readText(`/proc/${pid}/stat`))?.[field] ?? 0));
  return { userUs: ticks(11) * TICK_US, systemUs: ticks(12) * TICK_US, ...switchesOf(pids) };
}

/** Context switches of the live threads; those of ended threads are not included. */
export function switchesOf(pids: readonly number[]) {
  const statuses = pids.flatMap(threadStatuses);
  const count = (field: string) =>
    sumOf(statuses, (status) => parseWhole(parseField(status, field)) ?? 0);
  return {
    voluntarySwitches: count('voluntary_ctxt_switches'),
    involuntarySwitches: count('nonvoluntary_ctxt_switches'),
  };
}

function threadStatuses(pid: number): readonly (string | null)[] {
  try {
    const tasks = readdirSync(`/proc/${pid}/task`);
    return tasks.map((task) => readText(`/proc/${pid}/task/${task}/status`));
  } catch {
    return []; // the process has ended
  }
}

/** Sends SIGKILL to each; ignores those that have ended. */
export function killAll(pids: readonly number[]): void {
  for (const pid of pids)
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // it has ended
    }
}

export function memoryOf(pids: readonly number[]): number | null {
  return total(pids, readPss);
}

/** Anonymous memory of the processes, in bytes. */
export function ownMemoryOf(pids: readonly number[]): number | null {
  return total(pids, readAnonymous);
}

export function threadsOf(pids: readonly number[]): number | null {
  return total(pids, countThreads);
}

/** The sum over known values: a process may end after it was listed. */
function total(pids: readonly number[], get: (pid: number) => number | null): number | null {
  const known = pids.map(get).filter((value) => value !== null);
  return known.length === 0 ? null : sum(known);
}
