/** Finds what is wrong with a file that is read back. zod takes a third of the program's start, so it is loaded only then. */
import type { z } from 'zod';

/** The first field that is not as it should be, and why; null if all are. */
export type FindFault = (value: unknown) => string | null;

export async function headerFaults(): Promise<FindFault> {
  return finder((await import('./run.js')).runHeader);
}

export async function recordFaults(): Promise<FindFault> {
  return finder((await import('./record.js')).storedRecord);
}

function finder(schema: z.ZodType): FindFault {
  return (value) => {
    const { error } = schema.safeParse(value);
    return error ? firstFault(error) : null;
  };
}

/** The path of the first fault and what it is, on one line. */
function firstFault({ issues }: z.ZodError): string {
  const [first] = issues;
  const path = first?.path.join('.') || 'the whole';
  return `${path}: ${first?.message ?? 'invalid'}`;
}
