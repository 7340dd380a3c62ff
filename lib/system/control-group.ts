/**
 * A control group for one program, which counts the CPU time of all members, including ended ones.
 * See cgroups(7).
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ownGroup } from './cgroup.js';
import { killAll } from './process-tree.js';
import { parseWhole, readText } from './procfs.js';

export interface ControlGroup {
  readonly path: string;
  /** The path of its cpu.stat. */
  readonly statFile: string;
  /** Moves a process into the group; false if not permitted. Its future children are members too. */
  add(pid: number): boolean;
  members(): readonly number[];
  /** The number of threads of all members; null if the group was removed. */
  threads(): number | null;
  /** Sends SIGKILL to every member, independent of process group and session. */
  kill(): void;
  /** Removes the group after its members have ended; a group that stays busy is not removed. */
  remove(): Promise<void>;
  /** The same synchronously, for the exit of this process. */
  removeNow(): void;
}

/**
 * Run by sh with the command line as $0 and the group as $1. The program runs even if it can't
 * enter the group.
 */
const ENTER = '{ printf %d $$ > "$1/cgroup.procs"; } 2>/dev/null; exec /bin/sh -c "$0"';
const NAME = /^c10k-(\d+)-[0-9a-f]+$/;
const REMOVE_TRIES = 400;
const REMOVE_TRIES_AT_EXIT = 40;
const REMOVE_POLL_MS = 5;
const ABANDONED_MS = 60_000;

/** Creates an empty group below this process's group; null if not possible or not permitted. */
export function makeControlGroup(parent: string | null = ownGroup()): ControlGroup | null {
  if (parent === null) return null;
  removeAbandoned(parent);
  const path = join(parent, `c10k-${process.pid}-${randomBytes(4).toString('hex')}`);
  try {
    mkdirSync(path);
  } catch {
    return null;
  }
  // Disables pressure-stall accounting, which would make this program's context switches slower
  // than other servers'.
  tryWrite(join(path, 'cgroup.pressure'), '0');
  return groupAt(path);
}

/** The arguments for /bin/sh to run a command line inside the group from the start. */
export function inGroup(line: string, group: ControlGroup | null): readonly string[] {
  return group === null ? ['-c', line] : ['-c', ENTER, line, group.path];
}

function groupAt(path: string): ControlGroup {
  const members = () => parseMembers(readText(join(path, 'cgroup.procs')));
  return {
    path,
    statFile: join(path, 'cpu.stat'),
    add: (pid) => tryWrite(join(path, 'cgroup.procs'), String(pid)),
    members,
    threads: () => {
      const text = readText(join(path, 'cgroup.threads'));
      return text === null ? null : parseMembers(text).length;
    },
    kill: () => {
      // cgroup.kill requires Linux 5.14.
      if (tryWrite(join(path, 'cgroup.kill'), '1')) return;
      killAll(members());
    },
    remove: async () => {
      for (let i = 0; i < REMOVE_TRIES && !tryRemove(path); i++) await sleep(REMOVE_POLL_MS);
    },
    removeNow: () => {
      const never = new Int32Array(new SharedArrayBuffer(4));
      for (let i = 0; i < REMOVE_TRIES_AT_EXIT && !tryRemove(path); i++)
        Atomics.wait(never, 0, 0, REMOVE_POLL_MS);
    },
  };
}

/** Parses cgroup.procs or cgroup.threads. A member in another PID namespace is listed as 0. */
export function parseMembers(text: string | null): readonly number[] {
  return (text ?? '')
    .split('\n')
    .map(parseWhole)
    .filter((pid): pid is number => pid !== null && pid > 0);
}

/** `user_usec` or `system_usec` of cpu.stat; null if absent. */
export function parseCpuStat(text: string | null, name: string): number | null {
  return parseWhole(text?.match(new RegExp(`^${name} (\\d+)$`, 'm'))?.[1] ?? null);
}

/** Removes groups that a killed c10k process left. */
function removeAbandoned(parent: string): void {
  for (const name of namesIn(parent)) {
    const owner = name.match(NAME)?.[1];
    const path = join(parent, name);
    if (owner === undefined || readText(`/proc/${owner}/stat`) !== null) continue;
    if (ageMs(path) > ABANDONED_MS) tryRemove(path);
  }
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function ageMs(path: string): number {
  return Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
}

/** False while it has live members. */
function tryRemove(path: string): boolean {
  try {
    rmdirSync(path);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
}

function tryWrite(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: 'r+' });
    return true;
  } catch {
    return false;
  }
}
