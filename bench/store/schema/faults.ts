/** Validates files that are read. zod is imported only when needed, because it takes a third of the startup time. */
import type { z } from 'zod';

/** The first invalid field and the reason; null if all are valid. */
export type FindFault = (value: unknown) => string | null;

export async function headerFaults(): Promise<FindFault> {
  return finder((await import('../../schema/run.js')).runHeader);
}

export async function recordFaults(): Promise<FindFault> {
  return finder((await import('../../schema/record.js')).storedRecord);
}

function finder(schema: z.ZodType): FindFault {
  return (value) => {
    const { error } = schema.safeParse(value);
    return error ? firstFault(error) : null;
  };
}

/** The path and the text of the first fault, on one line. */
function firstFault({ issues }: z.ZodError): string {
  const [first] = issues;
  const path = first?.path.join('.') || 'the whole';
  return `${path}: ${first?.message ?? 'invalid'}`;
}
