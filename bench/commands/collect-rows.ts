/** Stores the rows of a running server while connections close, to bound its memory and the rows lost in a crash. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerRow } from '../../lib/account/server-rows.js';
import type { Server } from '../../lib/server/server.js';

const COLLECT_EVERY_MS = 250;

/**
 * Collects until `stop` or until a process or loop of the server dies, then stops the server and stores the remaining
 * rows. Returns the error of what died; rejects if rows can't be stored.
 */
export async function collectRows(
  server: Server,
  keep: (rows: readonly ServerRow[]) => Promise<void>,
  stop: AbortSignal,
): Promise<Error | undefined> {
  const over = new AbortController();
  let failure: Error | undefined;
  const fail = (error: Error) => {
    failure ??= error;
    over.abort();
  };
  const orNone = (rows: Promise<readonly ServerRow[]>) =>
    rows.catch((error) => {
      fail(error);
      return [];
    });
  server.ended.then(fail);
  stop.addEventListener('abort', () => over.abort());
  if (stop.aborted) over.abort();
  while (!over.signal.aborted) {
    await keep(await orNone(server.takeRows()));
    await server.snapshot().catch(fail); // rejects if a loop has ended
    await sleep(COLLECT_EVERY_MS, undefined, { signal: over.signal }).catch(() => {});
  }
  await keep(await orNone(server.stop()));
  return failure;
}
