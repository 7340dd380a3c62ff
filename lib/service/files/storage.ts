/** Files of a service in one directory, as native/storage, through fs: libuv's thread pool makes the calls. */
import { isUtf8 } from 'node:buffer';
import { accessSync, constants, rmSync } from 'node:fs';
import { type FileHandle, open, readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { native } from '../../native.js';

const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY, R_OK, W_OK, X_OK } = constants;

/** The longest name of a file, in bytes. */
export const LONGEST_NAME = native.serviceLimits('files').name as number;

const [SPACE, DOT, SLASH, DELETE] = [0x20, 0x2e, 0x2f, 0x7f];

/** UTF-8 without control characters and slashes, not beginning with a dot. */
export function isFileName(name: Buffer): boolean {
  return (
    name.length > 0 &&
    name.length <= LONGEST_NAME &&
    name[0] !== DOT &&
    name.every((byte) => byte >= SPACE && byte !== DELETE && byte !== SLASH) &&
    isUtf8(name)
  );
}

export const BAD_NAME = 'bad name';
export const NO_FILE = 'no such file';

const ERRORS: Readonly<Record<string, string>> = {
  EINVAL: BAD_NAME,
  ENAMETOOLONG: BAD_NAME,
  EISDIR: BAD_NAME,
  ENOENT: NO_FILE,
  ELOOP: NO_FILE,
  ENOSPC: 'no space left',
  EDQUOT: 'no space left',
  EACCES: 'not permitted',
  EPERM: 'not permitted',
  EROFS: 'not permitted',
  EMFILE: 'too many open files',
  ENFILE: 'too many open files',
};

/** Why a call on a file failed. Other errors are thrown again. */
export function storageError(error: unknown): string {
  const { code, errno } = error as NodeJS.ErrnoException;
  if (code === undefined || errno === undefined) throw error;
  return ERRORS[code] ?? 'input/output error';
}

/** An open file. The caller must close the handle. */
export interface StoredFile {
  readonly handle: FileHandle;
  readonly length: number;
}

/** A directory without subdirectories. Names must have been checked. */
export class Storage {
  /** The paths of uploads under way. */
  readonly hidden = new Set<string>();

  /** Throws if the directory can't be used. */
  constructor(readonly directory: string) {
    accessSync(`${directory}/.`, R_OK | W_OK | X_OK);
  }

  /** The names in the order of their bytes. */
  async list(): Promise<string[]> {
    const entries = await readdir(this.directory, { encoding: 'buffer', withFileTypes: true });
    const names = entries.flatMap((entry) => (entry.isFile() ? [bytesOf(entry.name)] : []));
    return names
      .filter(isFileName)
      .sort(Buffer.compare)
      .map((name) => name.toString());
  }

  /** Undefined if there is no regular file with that name. */
  async open(name: string): Promise<StoredFile | undefined> {
    // O_NONBLOCK: opening a pipe must not wait. A link may lead out of the directory.
    const handle = await open(this.pathOf(name), O_RDONLY | O_NONBLOCK | O_NOFOLLOW);
    const status = await handle.stat();
    if (status.isFile()) return { handle, length: status.size };
    await handle.close();
    return undefined;
  }

  /** Rejects with ENOENT for a directory. */
  async remove(name: string): Promise<void> {
    try {
      await unlink(this.pathOf(name));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw code === 'EISDIR' ? Object.assign(error as Error, { code: 'ENOENT' }) : error;
    }
  }

  pathOf(name: string): string {
    return join(this.directory, name);
  }

  /** Removes the uploads under way, because the process may end before they are discarded. */
  close(): void {
    for (const path of this.hidden) rmSync(path, { force: true });
  }
}

/** The types of fs declare a string where the encoding is `buffer`. */
function bytesOf(name: unknown): Buffer {
  return name as Buffer;
}

/** Fills the buffer from a position; false if the file ends first. */
export async function readAll(
  { handle }: StoredFile,
  buffer: Buffer,
  position: number,
): Promise<boolean> {
  for (let done = 0; done < buffer.length; ) {
    const left = buffer.length - done;
    const { bytesRead } = await handle.read(buffer, done, left, position + done);
    if (bytesRead === 0) return false;
    done += bytesRead;
  }
  return true;
}
