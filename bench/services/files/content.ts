/** What clients upload and download: random bytes from a seed, in a file without a name. */
import { createCipheriv } from 'node:crypto';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sizeInWords } from '../size.js';

/** A multiple of 3, so that parts can be encoded one after another. */
const PART = 3 << 18;
const SEED = Buffer.alloc(16, 'c10k');

/** The directory of contents and, by default, of storages. */
export const IN_MEMORY = '/dev/shm';

export interface Content {
  /** The paths of the file and of its encoded form, while this process lives. */
  readonly raw: string;
  readonly base64: string;
}

type Form = keyof Content;

const FORMS = {
  raw: (part: Buffer) => part,
  base64: (part: Buffer) => Buffer.from(part.toString('base64'), 'latin1'),
} satisfies Record<Form, (part: Buffer) => Buffer>;

const made = new Map<number, Promise<Content>>();

/** Each is made and verified once for all trials and clients. Rejects if `signal` is aborted meanwhile. */
export function contentOf(bytes: number, signal?: AbortSignal): Promise<Content> {
  const known = made.get(bytes) ?? makeContent(bytes, signal);
  made.set(bytes, known);
  known.catch(() => made.delete(bytes)); // the next trial may have the room for it
  return known;
}

/** The path of the form that clients send and receive in this wire format. */
export async function contentPath(bytes: number, wire: string | undefined): Promise<string> {
  const { raw, base64 } = await contentOf(bytes);
  return wire === 'raw' ? raw : base64;
}

/** Makes those that are not there yet, with a line for each. */
export async function* makeContents(
  sizes: readonly number[],
  signal: AbortSignal,
): AsyncGenerator<string> {
  for (const size of sizes) {
    if (made.has(size)) continue;
    await contentOf(size, signal);
    yield `content of ${sizeInWords(size)}: made and verified`;
  }
}

/** The memory that both forms take. */
export function contentMemory(bytes: number): number {
  return bytes + 4 * Math.ceil(bytes / 3);
}

/** Referenced for good, because a collected handle closes its file. */
const kept: FileHandle[] = [];

async function makeContent(bytes: number, signal?: AbortSignal): Promise<Content> {
  const raw = await makeForm(bytes, 'raw', signal);
  const base64 = await makeForm(bytes, 'base64', signal).catch(async (error) => {
    await raw.close();
    throw error;
  });
  kept.push(raw, base64);
  return { raw: pathOf(raw), base64: pathOf(base64) };
}

async function makeForm(bytes: number, form: Form, signal?: AbortSignal): Promise<FileHandle> {
  const file = await unnamedFile();
  try {
    for (const part of partsOf(bytes, signal)) await file.appendFile(FORMS[form](part));
    await verify(file, bytes, form, signal);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** The key stream of AES in counter mode: the same bytes for every size, as far as they go. */
function* partsOf(bytes: number, signal?: AbortSignal): Generator<Buffer> {
  const cipher = createCipheriv('aes-128-ctr', SEED, SEED);
  const zeros = Buffer.alloc(PART);
  for (let left = bytes; left > 0; left -= PART) {
    signal?.throwIfAborted();
    yield cipher.update(zeros.subarray(0, Math.min(left, PART)));
  }
}

/** Compares the file with the bytes made again. Rejects if they differ. */
export async function verify(
  file: FileHandle,
  bytes: number,
  form: Form,
  signal?: AbortSignal,
): Promise<void> {
  let position = 0;
  const buffer = Buffer.allocUnsafe(FORMS[form](Buffer.alloc(PART)).length + 1);
  const isNext = async (part: Buffer) => {
    const { bytesRead } = await file.read(buffer, 0, Math.max(1, part.length), position);
    position += bytesRead;
    return buffer.subarray(0, bytesRead).equals(part);
  };
  for (const part of partsOf(bytes, signal))
    if (!(await isNext(FORMS[form](part)))) refuse(bytes, form);
  if (!(await isNext(Buffer.alloc(0)))) refuse(bytes, form);
}

function refuse(bytes: number, form: Form): never {
  throw new Error(`content of ${sizeInWords(bytes)} in ${form}: differs from what was written`);
}

/** In memory, because clients compare with it while they receive. It stays open. */
async function unnamedFile(): Promise<FileHandle> {
  const folder = await mkdtemp(join(IN_MEMORY, 'c10k-content-'));
  try {
    return await open(join(folder, 'content'), 'wx+');
  } finally {
    await rm(folder, { recursive: true });
  }
}

function pathOf({ fd }: FileHandle): string {
  return `/proc/${process.pid}/fd/${fd}`;
}
