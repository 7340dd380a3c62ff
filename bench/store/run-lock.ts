/** One process at a time measures into a run: an abstract socket, which goes with its process, unix(7). */
import { createServer } from 'node:net';
import { UsageError } from '../cli/usage-error.js';

/** `id`: the run's. Resolves with what gives it back; throws UsageError where another process has it. */
export async function lockRun(path: string, id: string): Promise<() => void> {
  const holder = createServer().unref();
  return new Promise((resolve, reject) => {
    holder.once('error', ({ code }: NodeJS.ErrnoException) => {
      if (code === 'EADDRINUSE')
        reject(
          new UsageError(`--resume ${path}: still being measured; allowed: a run that has ended`),
        );
      // Where the system has no such sockets, nothing guards the run.
      else resolve(() => {});
    });
    holder.listen(`\0c10k-${id}`, () => resolve(() => holder.close()));
  });
}
