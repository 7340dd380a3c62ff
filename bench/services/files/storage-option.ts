/** The value of --storage: checked before anything starts, because an experiment would fail in each of its trials. */
import { accessSync, constants, statSync } from 'node:fs';
import { refuse } from '../../cli/usage-error.js';

const { R_OK, W_OK, X_OK } = constants;

export const STORAGE_ALLOWED = 'an existing directory that can be written to';

const WRONG: Readonly<Record<string, string>> = {
  ENOENT: 'no such directory',
  ENOTDIR: 'not a directory',
  EACCES: 'not permitted',
  EROFS: 'read-only file system',
};

export function storageDirectory(text: string): string {
  const wrong = text.trim() === '' ? 'not a directory' : wrongWith(text);
  if (wrong !== null) refuse(text, wrong, STORAGE_ALLOWED);
  return text;
}

function wrongWith(path: string): string | null {
  try {
    if (!statSync(path).isDirectory()) return 'not a directory';
    accessSync(path, R_OK | W_OK | X_OK);
    return null;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    return WRONG[code] ?? code;
  }
}
