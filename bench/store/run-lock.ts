/** Lets only one process measure a run at a time: an abstract socket, which closes when its process ends, unix(7). */
import { createServer } from 'node:net';
import { UsageError } from '../cli/usage-error.js';

/** `id`: the run's. Resolves with a function that releases the lock; throws UsageError if another process has it. */
export async function lockRun(path: string, id: string): Promise<() => void> {
  const holder = createServer().unref();
  return new Promise((resolve, reject) => {
    holder.once('error', ({ code }: NodeJS.ErrnoException) => {
      if (code === 'EADDRINUSE')
        reject(
          new UsageError(`--resume ${path}: still being measured; allowed: a run that has ended`),
        );
      // On systems without abstract sockets the run is not locked.
      else resolve(() => {});
    });
    holder.listen(`\0c10k-${id}`, () => resolve(() => holder.close()));
  });
}
