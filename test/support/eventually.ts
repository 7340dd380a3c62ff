/** Waits for a condition by polling, so that tests don't sleep for a fixed time. */
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 5;
/** Ends a wait that would never end; no test relies on it. */
export const PATIENCE_MS = 60_000;

/** Resolves when the condition holds; rejects with `what` after the time limit. */
export async function eventually(
  what: string,
  condition: () => boolean | Promise<boolean>,
): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`never came true: ${what}`);
    await sleep(POLL_MS);
  }
}

/** Resolves with the value once it was read `times` times in a row. */
export async function settled(
  what: string,
  read: () => Promise<number | null>,
  times = 20,
): Promise<number> {
  let last: number | null = null;
  let same = 0;
  await eventually(`${what} settles`, async () => {
    const value = await read();
    same = value === last ? same + 1 : 0;
    last = value;
    return value !== null && same >= times;
  });
  return last ?? Number.NaN;
}

/** The promise's value; rejects with `what` after the time limit. */
export async function inTime<T>(what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`never came: ${what}`)), PATIENCE_MS);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
