/** What clients upload and download: random bytes from a seed, in a file without a name. */
import { createCipheriv } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** A multiple of 3, so that parts can be encoded one after another. */
const PART = 3 << 18;
const SEED = Buffer.alloc(16, 'c10k');

export interface Content {
  /** The paths of the file and of its encoded form, while this process lives. */
  readonly raw: string;
  readonly base64: string;
}

const made = new Map<number, Content>();

/** Each is made once for all trials and clients. */
export function contentOf(bytes: number): Content {
  const known = made.get(bytes) ?? makeContent(bytes);
  made.set(bytes, known);
  return known;
}

function makeContent(bytes: number): Content {
  const [raw, base64] = [unnamedFile(), unnamedFile()];
  for (const part of partsOf(bytes)) {
    writeSync(raw, part);
    writeSync(base64, part.toString('base64'));
  }
  return { raw: pathOf(raw), base64: pathOf(base64) };
}

/** The key stream of AES in counter mode: the same bytes for every size, as far as they go. */
function* partsOf(bytes: number): Generator<Buffer> {
  const cipher = createCipheriv('aes-128-ctr', SEED, SEED);
  const zeros = Buffer.alloc(PART);
  for (let left = bytes; left > 0; left -= PART)
    yield cipher.update(zeros.subarray(0, Math.min(left, PART)));
}

/** In memory, because clients compare with it while they receive. It stays open. */
function unnamedFile(): number {
  const folder = mkdtempSync('/dev/shm/c10k-content-');
  const file = openSync(join(folder, 'content'), 'wx+');
  rmSync(folder, { recursive: true });
  return file;
}

function pathOf(file: number): string {
  return `/proc/${process.pid}/fd/${file}`;
}

/** Whether a file has the same bytes as the content. */
export function isSame(path: string, content: string): boolean {
  const files = [openSync(path, 'r'), openSync(content, 'r')];
  const buffers = files.map(() => Buffer.allocUnsafe(PART));
  try {
    for (let position = 0; ; ) {
      const [own, other] = files.map((file, i) =>
        (buffers[i] as Buffer).subarray(0, readSync(file, buffers[i] as Buffer, { position })),
      ) as [Buffer, Buffer];
      if (!own.equals(other)) return false;
      if (own.length === 0) return true;
      position += own.length;
    }
  } finally {
    files.map(closeSync);
  }
}
