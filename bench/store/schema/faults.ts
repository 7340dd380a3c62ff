/** Validates files that are read. zod is imported only when needed, because it takes a third of the startup time. */
import type { z } from 'zod';
import type { Positions, TableName } from '../../schema/tables.js';

/** The first invalid field and the reason; null if all are valid. */
export type FindFault = (value: unknown) => string | null;

export async function headerFaults(): Promise<FindFault> {
  return finder((await import('../../schema/run.js')).runHeader);
}

export async function recordFaults(): Promise<FindFault> {
  return finder((await import('../../schema/record.js')).storedRecord);
}

/** The positions of the columns in a header, or the first one that is missing. */
type FindColumns<Name extends TableName> = (header: readonly string[]) => {
  readonly columns?: Positions<Name>;
  readonly missing?: string;
};

export async function columnFinder<Name extends TableName>(
  table: Name,
): Promise<FindColumns<Name>> {
  const { TABLES } = await import('../../schema/tables.js');
  const schema = TABLES[table];
  return (header) => {
    const { data, error } = schema.safeParse(
      Object.fromEntries(header.map((name, position) => [name, position])),
    );
    return error
      ? { missing: String(error.issues[0]?.path[0]) }
      : { columns: data as Positions<Name> };
  };
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
