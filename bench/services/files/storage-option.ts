/** The value of --storage: checked before anything starts, because an experiment would fail in each of its trials. */
import { accessSync, closeSync, constants, openSync, statSync } from 'node:fs';
import { refuse } from '../../cli/usage-error.js';

const { O_DIRECTORY, O_WRONLY, R_OK, W_OK, X_OK } = constants;

/** open(2): Node has no name for the first bit. */
const O_TMPFILE = 0o20000000 | O_DIRECTORY;

export const STORAGE_ALLOWED = 'an existing directory that can be written to';
const WITH_UNNAMED_FILES =
  'a directory on a file system that supports them, e.g. ext4, XFS, Btrfs or tmpfs';

const WRONG: Readonly<Record<string, string>> = {
  ENOENT: 'no such directory',
  ENOTDIR: 'not a directory',
  EACCES: 'not permitted',
  EPERM: 'not permitted',
  EROFS: 'read-only file system',
  ENOSPC: 'no space left',
  EDQUOT: 'no space left',
  ENOTSUP: 'files without a name (O_TMPFILE) are not supported',
};

export function storageDirectory(text: string): string {
  const code = text.trim() === '' ? 'ENOTDIR' : errorOf(text);
  const allowed = code === 'ENOTSUP' ? WITH_UNNAMED_FILES : STORAGE_ALLOWED;
  if (code !== null) refuse(text, WRONG[code] ?? code, allowed);
  return text;
}

/** The code of the error with which its use fails, or null. */
function errorOf(path: string): string | null {
  try {
    if (!statSync(path).isDirectory()) return 'ENOTDIR';
    accessSync(path, R_OK | W_OK | X_OK);
    // In /proc, access(2) permits root to write, but no file can be made. A file without a name leaves nothing.
    closeSync(openSync(path, O_TMPFILE | O_WRONLY, 0o600));
    return null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}
