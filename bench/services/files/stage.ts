/** The storage of one server in one trial: a new directory with the files that the operation needs. */
import { copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readFileSystem, writeOut } from '../../../lib/system/file-system.js';
import type { Stage, StagedCell } from '../service.js';
import { countSame } from './compare.js';
import { contentOf, IN_MEMORY } from './content.js';
import { DOWNLOADED, preparedNames } from './names.js';
import { contentOption, effectCheck } from './stage-parts.js';

export async function stage(cell: StagedCell): Promise<Stage> {
  const { serviceOptions, protocolOptions } = cell;
  const storage = await mkdtemp(join(serviceOptions.storage ?? IN_MEMORY, 'c10k-storage-'));
  const clear = () => rm(storage, { recursive: true, force: true, maxRetries: 5 });
  try {
    await fill(storage, cell);
    // Also what the trial before has left to be written, so that this one doesn't pay for it.
    await writeOut(storage);
    return {
      serviceOptions: { storage },
      protocolOptions: await contentOption(protocolOptions),
      fileSystem: readFileSystem(storage)?.type ?? null,
      countWrong: effectCheck(cell, {
        countRight: async () =>
          countStored(storage, (await contentOf(Number(protocolOptions.bytes))).raw),
        countLeft: async () => (await readdir(storage)).length,
      }),
      clear,
    };
  } catch (error) {
    await clear();
    throw error;
  }
}

async function fill(storage: string, cell: StagedCell): Promise<void> {
  const { bytes } = cell.protocolOptions;
  for (const name of preparedNames(cell)) {
    const path = join(storage, name);
    if (name === DOWNLOADED) await copyFile((await contentOf(Number(bytes))).raw, path);
    else await writeFile(path, '');
  }
}

async function countStored(storage: string, content: string): Promise<number> {
  const paths = (await readdir(storage)).map((name) => join(storage, name));
  return countSame(paths, content);
}
