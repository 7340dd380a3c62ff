/** Writes the files of a report into a run's directory and removes the graphs of an earlier report. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export async function writeReportFiles(
  path: string,
  files: ReadonlyMap<string, string>,
): Promise<void> {
  const folders = new Set([...files.keys()].map(dirname).filter((folder) => folder !== '.'));
  for (const folder of folders) {
    await rm(join(path, folder), { recursive: true, force: true });
    // Not `recursive`, with which it never returns if the working directory was deleted.
    await mkdir(join(path, folder));
  }
  for (const [name, content] of files) await writeFile(join(path, name), content);
}
