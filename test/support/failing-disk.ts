/**
 * A disk whose blocks fail from a position on: ext2 on a loop device that has become smaller than its file system. Needs the mount
 * namespace of disks.ts, and permission to use loop devices.
 */
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { disk } from './disks.js';
import { missing } from './programs.js';

const BLOCK = 4096;
const SIZE = 24 << 20;

export interface FailingDisk {
  readonly directory: string;
  /** Lets the second half of the last file fail, and all blocks behind; returns the number of bytes before it. */
  readonly fail: (content: Buffer) => number;
  readonly repair: () => void;
}

function run(program: string, ...args: readonly string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', stdio: 'pipe' }).trim();
}

/** With `sync`, write(2) returns the error; otherwise the kernel writes later, when only fsync(2) would return it. */
function mount(image: string, directory: string): void {
  run('mount', '-t', 'ext2', '-o', 'loop,sync', image, directory);
}

/** debugfs takes the first free blocks, in the order of the files; the kernel would place them by its process's number. */
function makeImage(folder: string, files: Readonly<Record<string, Buffer>>): string {
  const image = join(folder, 'image');
  writeFileSync(image, '');
  truncateSync(image, SIZE);
  run('mke2fs', '-q', '-F', '-t', 'ext2', '-b', String(BLOCK), image);
  const source = join(folder, 'source');
  for (const [name, bytes] of Object.entries(files)) {
    writeFileSync(source, bytes);
    run('debugfs', '-w', '-R', `write ${source} ${name}`, image);
  }
  return image;
}

/** A disk with these files, none of them cached. */
function makeDisk(files: Readonly<Record<string, Buffer>>): FailingDisk {
  const folder = disk(`size=${2 * SIZE}`);
  const image = makeImage(folder, files);
  const directory = join(folder, 'directory');
  mkdirSync(directory);
  mount(image, directory);
  run('rmdir', join(directory, 'lost+found'));
  return { directory, ...failuresOf(image) };
}

function failuresOf(image: string): Omit<FailingDisk, 'directory'> {
  let lost = Buffer.alloc(0);
  const resize = () =>
    run('losetup', '--set-capacity', run('losetup', '-n', '-O', 'NAME', '-j', image));
  const fail = (content: Buffer) => {
    const middle = Math.floor(content.length / 2 / BLOCK) * BLOCK;
    const all = readFileSync(image);
    const at = all.indexOf(content.subarray(middle, middle + BLOCK));
    lost = all.subarray(at);
    truncateSync(image, at);
    resize();
    return at;
  };
  const repair = () => {
    appendFileSync(image, lost);
    resize();
  };
  return { fail, repair };
}

export function failingDisk(t: Test, files: Readonly<Record<string, Buffer>>): FailingDisk {
  const made = makeDisk(files);
  t.teardown(() => run('umount', '--lazy', made.directory));
  return made;
}

/** For tap: why there is no such disk on this machine, or false. */
export function withoutFailingDisk(): string | false {
  const program = ['mke2fs', 'debugfs', 'losetup'].map(missing).find(Boolean);
  if (program) return program;
  try {
    run('umount', makeDisk({}).directory);
    return false;
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string };
    return `no loop device: ${stderr.trim().split('\n')[0]}`;
  }
}
