/** The storage of one server in one trial: a new directory with the files that the operation needs. */
import { copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Stage, StagedCell } from '../service.js';
import { contentOf, isSame } from './content.js';

const IN_MEMORY = '/dev/shm';

export async function stage(cell: StagedCell): Promise<Stage> {
  const { serviceOptions, protocolOptions } = cell;
  const storage = await mkdtemp(join(serviceOptions.storage ?? IN_MEMORY, 'c10k-storage-'));
  const clear = () => rm(storage, { recursive: true, force: true, maxRetries: 5 });
  try {
    await fill(storage, cell);
  } catch (error) {
    await clear();
    throw error;
  }
  return {
    serviceOptions: { storage },
    protocolOptions: contentOption(protocolOptions),
    countWrong: async (completed) =>
      protocolOptions.op === 'upload' ? countWrong(storage, protocolOptions, completed) : 0,
    clear,
  };
}

/** The file that clients compare with or send, as the wire format has it. */
function contentOption({
  wire,
  bytes,
}: StagedCell['protocolOptions']): StagedCell['protocolOptions'] {
  if (bytes === undefined) return {};
  const content = contentOf(Number(bytes));
  return { content: wire === 'raw' ? content.raw : content.base64 };
}

/** The names are those of native/load/protocol/files. */
async function fill(storage: string, { protocolOptions, connections, repeat }: StagedCell) {
  const { op, bytes, entries } = protocolOptions;
  const made = (name: string) => writeFile(join(storage, name), '');
  if (op === 'download') await copyFile(contentOf(Number(bytes)).raw, join(storage, 'download'));
  if (op === 'list') for (let i = 0; i < Number(entries); i++) await made(`entry-${i}`);
  if (op === 'delete')
    for (let client = 0; client < connections; client++)
      for (let nth = 0; nth < repeat; nth++) await made(`${client}-${nth}`);
}

/** The uploads that were confirmed and are not stored as they were sent. */
async function countWrong(
  storage: string,
  { bytes }: StagedCell['protocolOptions'],
  confirmed: number,
): Promise<number> {
  const { raw } = contentOf(Number(bytes));
  const stored = await readdir(storage);
  const right = stored.filter((name) => isSame(join(storage, name), raw)).length;
  return Math.max(0, confirmed - right);
}
