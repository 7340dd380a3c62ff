/** A file that is being received: a hidden file until it is complete. */
import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { type Storage, storageError } from './storage.js';

/** After an error its calls have no effect. */
export class Upload {
  readonly #path: string;
  #handle: FileHandle | undefined;
  #error: string | undefined;

  constructor(
    readonly storage: Storage,
    readonly name: string,
  ) {
    this.#path = storage.pathOf(`.upload-${randomUUID()}`);
  }

  /** Why it is refused: the first reason. */
  get error(): string | undefined {
    return this.#error;
  }

  open(): Promise<void> {
    this.storage.hidden.add(this.#path);
    return this.#try(async () => {
      this.#handle = await open(this.#path, 'wx');
    });
  }

  async write(bytes: Uint8Array): Promise<void> {
    for (let done = 0; done < bytes.length && this.#error === undefined; )
      await this.#try(async () => {
        done += (await this.#handle?.write(bytes, done))?.bytesWritten ?? 0;
      });
  }

  /** Gives the file its name, instead of one that had it: readers see one of them, entire. */
  commit(): Promise<void> {
    return this.#try(async () => {
      await this.#close();
      await rename(this.#path, this.storage.pathOf(this.name));
      this.storage.hidden.delete(this.#path);
    });
  }

  /** What is stored must not take up room while the rest arrives. */
  async refuse(why: string): Promise<void> {
    this.#error ??= why;
    await this.discard();
  }

  /** Removes the file. Without effect after commit(). */
  async discard(): Promise<void> {
    if (!this.storage.hidden.has(this.#path)) return;
    await this.#close();
    await rm(this.#path, { force: true });
    this.storage.hidden.delete(this.#path);
  }

  async #close(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    await handle?.close();
  }

  async #try(call: () => Promise<void>): Promise<void> {
    if (this.#error !== undefined) return;
    try {
      await call();
    } catch (error) {
      await this.refuse(storageError(error));
    }
  }
}
