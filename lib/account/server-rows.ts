/** The server's connection records: one row per connection. */
import type { ServerColumns } from '../native-data.js';

export interface ServerRow {
  readonly loop: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** ns on CLOCK_MONOTONIC. */
  readonly opened: number;
  readonly closed: number;
  readonly requests: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly closeReason: string;
}

/**
 * The rows of one process; `firstLoop` is the number of its first loop among the loops of all
 * processes.
 */
export function rowsOf(columns: ServerColumns, firstLoop: number): ServerRow[] {
  return Array.from(columns.loop, (loop, i) => ({
    loop: firstLoop + loop,
    remoteAddress: columns.remoteAddress[i] as string,
    remotePort: columns.remotePort[i] as number,
    opened: columns.opened[i] as number,
    closed: columns.closed[i] as number,
    requests: columns.requests[i] as number,
    bytesIn: columns.bytesIn[i] as number,
    bytesOut: columns.bytesOut[i] as number,
    closeReason: columns.closeReason[i] as string,
  }));
}

/** A process's rows as columns, for models that keep rows in TypeScript. */
export function columnsOf(rows: readonly ServerRow[]): ServerColumns {
  const numbers = (get: (row: ServerRow) => number) => Float64Array.from(rows, get);
  return {
    loop: numbers((row) => row.loop),
    remoteAddress: rows.map((row) => row.remoteAddress),
    remotePort: numbers((row) => row.remotePort),
    opened: numbers((row) => row.opened),
    closed: numbers((row) => row.closed),
    requests: numbers((row) => row.requests),
    bytesIn: numbers((row) => row.bytesIn),
    bytesOut: numbers((row) => row.bytesOut),
    closeReason: rows.map((row) => row.closeReason),
  };
}
