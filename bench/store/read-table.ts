/** Reads a table of a run from a CSV file that the user names. */
import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { UsageError } from '../cli/usage-error.js';

type Cells = Readonly<Record<string, string>>;

/** The values of a row by column; throw UsageError for a wrong one. */
export interface TableRow {
  readonly text: (column: string) => string;
  readonly whole: (column: string) => number;
  readonly time: (column: string) => number;
}

/** Throws UsageError unless the file is a table with these columns. `option`: that names it. */
export async function readTable(
  option: string,
  path: string,
  columns: readonly string[],
): Promise<readonly TableRow[]> {
  const refuse = (what: string): never => {
    throw new UsageError(`${option} ${path}: ${what}; allowed: a file of a c10k run`);
  };
  const text = await readFile(path, 'utf8').catch(({ code }: NodeJS.ErrnoException) =>
    refuse(`${code}`),
  );
  const table = rowsOf(text, refuse);
  const missing = columns.find((name) => !table.columns.includes(name));
  if (missing !== undefined) return refuse(`has no column ${missing}`);
  return table.rows.map((row, index) => {
    const number = (name: string, allowed: RegExp) => {
      const value = row[name] as string;
      return allowed.test(value)
        ? Number(value)
        : refuse(`row ${index + 1}, ${name}: ${value} is not a number`);
    };
    return {
      text: (name) => row[name] as string,
      whole: (name) => number(name, /^\d+$/),
      time: (name) => number(name, /^\d+(\.\d+)?$/),
    };
  });
}

/** Ignores an incomplete last row, left by a program that was killed while writing. */
function rowsOf(text: string, refuse: (what: string) => never) {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  let columns: readonly string[] = [];
  try {
    const rows: readonly Cells[] = parse(whole, {
      columns: (header: string[]) => {
        columns = header;
        return header;
      },
    });
    return { columns, rows };
  } catch (error) {
    return refuse((error as Error).message);
  }
}
