/** The server's connection records: one row per connection. */
import type { Listening, ServerColumns } from '../native-data.js';

export interface ServerRow {
  readonly loop: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** ns on CLOCK_MONOTONIC. */
  readonly opened: number;
  /** 0 in the row of an opening. */
  readonly closed: number;
  readonly requests: number;
  /** Requests answered with an error; not among `requests`. */
  readonly refused: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** Empty in the row of an opening. */
  readonly closeReason: string;
}

/** The row of a connection that opens. */
export function openingRow(
  { address, port }: Pick<Listening, 'address' | 'port'>,
  opened: number,
): ServerRow {
  const [remoteAddress, remotePort] = [address, port];
  const nothing = { requests: 0, refused: 0, bytesIn: 0, bytesOut: 0 };
  return { loop: 0, remoteAddress, remotePort, opened, closed: 0, ...nothing, closeReason: '' };
}

/** Whether the row is that of an opening. A server lists them only if it is asked to. */
export function isOpening({ closed }: ServerRow): boolean {
  return closed === 0;
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
    refused: columns.refused[i] as number,
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
    refused: numbers((row) => row.refused),
    bytesIn: numbers((row) => row.bytesIn),
    bytesOut: numbers((row) => row.bytesOut),
    closeReason: rows.map((row) => row.closeReason),
  };
}
