/** A process with all its descendants, as /proc lists them: proc(5). */
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

/** What the whole tree has used so far. Times come in steps of 10 ms. */
export interface TreeUsage {
  readonly userUs: number;
  readonly systemUs: number;
  readonly voluntarySwitches: number;
  readonly involuntarySwitches: number;
}

/** Fields of /proc/PID/stat behind the name, which may hold anything: from `state` on. */
export function parseStat(stat: string | null): readonly string[] | null {
  return stat === null ? null : stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** The root, its descendants, and members of its session whose parents have ended; empty when none lives. */
export function treeOf(root: number): readonly number[] {
  const all = readProcesses();
  const children = new Map<number, Listed[]>();
  for (const one of all) children.set(one.parent, [...(children.get(one.parent) ?? []), one]);
  const found = new Set(all.filter(({ pid, session }) => pid === root || session === root));
  // A set that grows while it is walked: children of children are found too.
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

/** Context switches of the threads that live: a thread that ended took its counts along. */
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

/** SIGKILL to each; one that has ended meanwhile is no error. */
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

/** What of that is their own, in bytes. */
export function ownMemoryOf(pids: readonly number[]): number | null {
  return total(pids, readAnonymous);
}

export function threadsOf(pids: readonly number[]): number | null {
  return total(pids, countThreads);
}

/** Of those that are known: a process may end between being listed and being asked. */
function total(pids: readonly number[], get: (pid: number) => number | null): number | null {
  const known = pids.map(get).filter((value) => value !== null);
  return known.length === 0 ? null : sum(known);
}
