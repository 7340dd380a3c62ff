/** Keeps the rows of a running server as its connections close, so that its memory and a crash's loss are bounded. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerRow } from '../../lib/account/server-rows.js';
import type { Server } from '../../lib/server/server.js';

const COLLECT_EVERY_MS = 250;

/**
 * Collects until it is asked to stop or a part of the server dies, then stops the server and keeps the rest. Returns
 * what died; rejects if rows can't be kept.
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
    await server.snapshot().catch(fail); // what ended a loop comes out here
    await sleep(COLLECT_EVERY_MS, undefined, { signal: over.signal }).catch(() => {});
  }
  await keep(await orNone(server.stop()));
  return failure;
}
