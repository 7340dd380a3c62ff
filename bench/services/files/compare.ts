/** Compares files byte by byte, in parts, without blocking the process that measures. */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

const PART = 1 << 20;
/** Files that are compared at a time: while two are read, two parts are compared. */
const AT_A_TIME = 2;

/** How many of these files have the same bytes as `content`. */
export async function countSame(paths: readonly string[], content: string): Promise<number> {
  const waiting = [...paths];
  let same = 0;
  const compareNext = async () => {
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop())
      if (await isSame(path, content)) same++;
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, compareNext));
  return same;
}

/** A path that is no regular file differs. */
export async function isSame(path: string, content: string): Promise<boolean> {
  const file = await openStored(path);
  if (file === null) return false;
  try {
    const other = await open(content, 'r');
    try {
      return await areSame(file, other);
    } finally {
      await other.close();
    }
  } finally {
    await file.close();
  }
}

async function areSame(file: FileHandle, other: FileHandle): Promise<boolean> {
  const [one, two] = await Promise.all([file.stat(), other.stat()]);
  if (!one.isFile() || one.size !== two.size) return false;
  const buffers = [Buffer.allocUnsafe(PART), Buffer.allocUnsafe(PART)] as const;
  for (let position = 0; position < two.size; position += PART) {
    const length = Math.min(PART, two.size - position);
    const [own, expected] = await Promise.all([
      readPart(file, buffers[0], length, position),
      readPart(other, buffers[1], length, position),
    ]);
    if (own.length < length || !own.equals(expected)) return false;
  }
  return true;
}

/** Shorter if the file has become shorter. */
async function readPart(
  file: FileHandle,
  buffer: Buffer,
  length: number,
  position: number,
): Promise<Buffer> {
  const { bytesRead } = await file.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}

/** Errors of a path that is missing or no file; others are those of this process. */
const NO_FILE: readonly unknown[] = ['ENOENT', 'ELOOP', 'ENXIO', 'EACCES', 'ENOTDIR'];

/** Null if there is no such file. O_NONBLOCK: opening a pipe must not wait. */
async function openStored(path: string): Promise<FileHandle | null> {
  const { O_RDONLY, O_NONBLOCK } = constants;
  try {
    return await open(path, O_RDONLY | O_NONBLOCK);
  } catch (error) {
    if (NO_FILE.includes((error as NodeJS.ErrnoException).code)) return null;
    throw error;
  }
}
