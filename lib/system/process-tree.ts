/** A process with all its descendants, as /proc tells of them: proc(5). */
import { readdirSync } from 'node:fs';
import {
  countThreads,
  parseField,
  parseWhole,
  readAnonymous,
  readPss,
  readText,
} from './procfs.js';

/** The unit of CPU times in /proc/PID/stat, fixed for user space: USER_HZ. */
const TICK_US = 10_000;

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

/** The root and its descendants; empty when the root is gone. */
export function treeOf(root: number): readonly number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    const pid = parseWhole(name);
    const parent = pid === null ? null : Number(parseStat(readText(`/proc/${pid}/stat`))?.[1]);
    if (pid === null || parent === null) continue;
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const below = (pid: number): number[] => [pid, ...(children.get(pid) ?? []).flatMap(below)];
  return readText(`/proc/${root}/stat`) === null ? [] : below(root);
}

export function usageOf(pids: readonly number[]): TreeUsage {
  const add = (get: (pid: number) => number) => pids.reduce((sum, pid) => sum + get(pid), 0);
  const ticks = (pid: number, field: number) =>
    Number(parseStat(readText(`/proc/${pid}/stat`))?.[field] ?? 0) * TICK_US;
  return {
    userUs: add((pid) => ticks(pid, 11)),
    systemUs: add((pid) => ticks(pid, 12)),
    voluntarySwitches: add((pid) => switchesOf(pid, 'voluntary_ctxt_switches')),
    involuntarySwitches: add((pid) => switchesOf(pid, 'nonvoluntary_ctxt_switches')),
  };
}

/** Of its threads that live: those that have ended took their counts along. */
function switchesOf(pid: number, field: string): number {
  let sum = 0;
  try {
    for (const task of readdirSync(`/proc/${pid}/task`))
      sum += parseWhole(parseField(readText(`/proc/${pid}/task/${task}/status`), field)) ?? 0;
  } catch {
    // the process has ended
  }
  return sum;
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
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}
