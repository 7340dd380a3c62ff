/** Reads a table of a run row by row, because it may have a million rows. Fields are never quoted. */
import { createReadStream } from 'node:fs';
import { UsageError } from '../cli/usage-error.js';
import type { Column, Positions, TableName } from '../schema/tables.js';
import { columnFinder } from './schema/faults.js';

/** The form of a column's values, with its name in errors. */
export interface Form {
  readonly name: string;
  readonly matches: (value: string) => boolean;
}

export const WHOLE: Form = { name: 'a whole number', matches: (value) => /^\d+$/.test(value) };
export const WHOLE_OR_EMPTY: Form = { ...WHOLE, matches: (value) => /^\d*$/.test(value) };
/** One of these. */
export const oneOf = (names: readonly string[]): Form => ({
  name: `one of ${names.join(', ')}`,
  matches: (value) => names.includes(value),
});
export const ANY: Form = { name: 'a text', matches: () => true };
export const DECIMAL: Form = { name: 'a number', matches: (value) => /^\d+(\.\d+)?$/.test(value) };

/** The value of a column in the current row; empty if the table lacks it. Throws UsageError if it doesn't have the form. */
type Get<Name extends TableName> = (column: Column<Name>, form: Form) => string;

interface Source<Name extends TableName> {
  readonly path: string;
  readonly table: Name;
  /** Begins the errors. */
  readonly where: string;
}

/** Calls `use` for each row, without an incomplete last one. Throws UsageError if the file is no such table. */
export async function readTable<Name extends TableName>(
  { path, table, where }: Source<Name>,
  use: (get: Get<Name>) => void,
): Promise<void> {
  const refuse = (what: string): never => {
    throw new UsageError(`${where}${what}; allowed: a file of a c10k run`);
  };
  const find = await columnFinder(table);
  const columnsIn = (header: readonly string[]) => {
    const { columns, missing } = find(header);
    return columns ?? refuse(`: has no column ${missing}`);
  };
  let columns: Positions<Name> | null = null;
  let cells: readonly string[] = [];
  let [number, width] = [0, 0];
  const get: Get<Name> = (column, { name, matches }) => {
    const position = (columns as Positions<Name>)[column];
    const value = position === undefined ? '' : (cells[position] as string);
    return matches(value) ? value : refuse(`, line ${number}, ${column}: ${value} is not ${name}`);
  };
  for await (const lines of linesOf(path, ({ code }) => refuse(`: ${code}`)))
    for (const line of lines) {
      number++;
      cells = line.split(',');
      if (columns === null) [columns, width] = [columnsIn(cells), cells.length];
      else if (cells.length === width) use(get);
      else refuse(`, line ${number}: has ${cells.length} fields instead of ${width}`);
    }
  if (columns === null) columnsIn([]);
}

/** Bytes read at a time. */
const CHUNK = 2 ** 20;

/** The complete lines, in parts. */
async function* linesOf(
  path: string,
  refuse: (error: NodeJS.ErrnoException) => never,
): AsyncGenerator<readonly string[]> {
  let rest = '';
  try {
    for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: CHUNK })) {
      const lines = (rest + chunk).split(/\r?\n/);
      rest = lines.pop() as string;
      yield lines;
    }
  } catch (error) {
    refuse(error as NodeJS.ErrnoException);
  }
}
