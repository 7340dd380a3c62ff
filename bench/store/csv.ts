/** Tables as CSV, in chunks of lines. */

/** Texts need no quoting, because they are addresses or fixed words without comma, quote or line break. */
type Value = string | number | null;
/** A column's header and value; null is an empty field. */
export type Columns<Row> = readonly (readonly [
  header: string,
  get: (row: Row, index: number) => Value,
])[];

/** Rows per chunk, so that a table of 100,000 rows is written in pieces. */
const CHUNK_ROWS = 5000;

export const us = (ns: number): number => Math.round(ns) / 1000;
export const ms = (ns: number): number => Math.round(ns / 1000) / 1000;

export function* table<Row>(columns: Columns<Row>, rows: readonly Row[]): Iterable<string> {
  yield header(columns);
  yield* lines(columns, rows, 0);
}

export function header<Row>(columns: Columns<Row>): string {
  return `${columns.map(([name]) => name).join()}\n`;
}

/** Chunks of lines; join() leaves null empty. */
export function* lines<Row>(
  columns: Columns<Row>,
  rows: readonly Row[],
  before: number,
): Iterable<string> {
  for (let from = 0; from < rows.length; from += CHUNK_ROWS) {
    const some = rows.slice(from, from + CHUNK_ROWS);
    const line = (row: Row, i: number) =>
      columns.map(([, get]) => get(row, before + from + i)).join();
    yield `${some.map(line).join('\n')}\n`;
  }
}
