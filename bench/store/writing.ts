/** The path and the reason in errors of writing. */
import { getSystemErrorMap } from 'node:util';

/** The value of `work`; rejects with the path and the system's reason. */
export async function writing<T>(path: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new Error(`cannot write ${path}: ${(error as Error).message}`, { cause: error });
  }
}

/** The system's text for the error: errno(3). */
export function reasonOf(error: unknown): string {
  const { errno = 0, code } = error as NodeJS.ErrnoException;
  return getSystemErrorMap().get(errno)?.[1] ?? code ?? 'not writable';
}
