/** A file of `serve` that grows while the server runs; what was appended is on the disk. */
import { open } from 'node:fs/promises';
import { writing } from './writing.js';

export interface GrowingFile {
  /** Resolves when the lines are on the disk. */
  append(lines: Iterable<string>): Promise<void>;
  /** Must be called at the end, also after a write has failed. */
  close(): Promise<void>;
}

/** Creates the file, which must not exist. */
export async function openGrowingFile(path: string, header: string): Promise<GrowingFile> {
  const file = await writing(path, open(path, 'wx'));
  await writing(path, file.writeFile(header)).catch(async (error) => {
    await file.close();
    throw error;
  });
  const append = async (lines: Iterable<string>) => {
    for (const some of lines) await file.writeFile(some);
    await file.datasync();
  };
  return { append: (lines) => writing(path, append(lines)), close: () => file.close() };
}
