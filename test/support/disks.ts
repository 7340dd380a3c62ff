/** Small file systems in memory, in a mount namespace that is set up when this is imported: they vanish with it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = '/mnt';

execFileSync('ip', ['link', 'set', 'lo', 'up']);
mount('rw', ROOT);

function mount(options: string, directory: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', directory]);
}

/** Mounts a file system; `options`: mount(8), tmpfs. Returns its directory. */
export function disk(options: string): string {
  const directory = mkdtempSync(join(ROOT, 'disk-'));
  mount(options, directory);
  return directory;
}

/** Changes the mount alone, which a user who has made the namespace may do too. */
export function remount(directory: string, access: 'ro' | 'rw'): void {
  execFileSync('mount', ['-o', `remount,bind,${access}`, directory]);
}
