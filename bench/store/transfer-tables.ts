/** Both sides' transfers as CSV, one row per transfer. */
import type { ClientRow } from '../../lib/account/client-rows.js';
import type { ClientTransfer, ServerTransfer } from '../../lib/account/transfers.js';
import { type Columns, header, lines, ms, table } from './csv.js';

/** The same `opened_ms` as in the server's row of the connection. Times are relative to `started`. */
function serverColumns(started: number): Columns<ServerTransfer> {
  return [
    ['transfer', (_, index) => index + 1],
    ['remote_address', (row) => row.remoteAddress],
    ['remote_port', (row) => row.remotePort || null],
    ['opened_ms', (row) => ms(row.opened - started)],
    ['number', (row) => row.number],
    ['operation', (row) => row.operation],
    ['bytes', (row) => row.bytes],
    ['began_ms', (row) => ms(row.began - started)],
    ['ended_ms', (row) => ms(row.ended - started)],
    ['outcome', (row) => row.outcome],
  ];
}

/** `connections`: the numbers of connections in the client's table, by connectionKey(). */
function clientColumns(
  started: number,
  connections: ReadonlyMap<string, number>,
): Columns<ClientTransfer> {
  return [
    ['transfer', (_, index) => index + 1],
    ['connection', (row) => connections.get(connectionKey(row)) ?? null],
    ['local_address', (row) => row.localAddress],
    ['local_port', (row) => row.localPort || null],
    ['number', (row) => row.number],
    ['operation', (row) => row.operation],
    ['bytes', (row) => row.bytes],
    ['due_ms', (row) => ms(row.due - started)],
    ['sent_ms', (row) => ms(row.sent - started)],
    ['first_answer_ms', (row) => (row.firstAnswer > 0 ? ms(row.firstAnswer - started) : null)],
    ['ended_ms', (row) => ms(row.ended - started)],
    ['error', (row) => row.failure],
  ];
}

type ConnectionKey = Pick<ClientTransfer, 'localAddress' | 'localPort' | 'opened'>;

function connectionKey({ localAddress, localPort, opened }: ConnectionKey): string {
  return `${localAddress} ${localPort} ${opened}`;
}

/** In the order in which they ended. `rows`: in the order of the client's table of connections. */
export function clientTransferTable(
  transfers: readonly ClientTransfer[],
  rows: readonly ClientRow[],
  started: number,
): Iterable<string> {
  const connections = new Map(rows.map((row, i) => [connectionKey(row), i + 1]));
  return table(clientColumns(started, connections), inOrder(transfers));
}

export function serverTransferTable(
  transfers: readonly ServerTransfer[],
  started: number,
): Iterable<string> {
  return table(serverColumns(started), inOrder(transfers));
}

export function transferHeader(): string {
  return header(serverColumns(0));
}

/** Lines without a header. `before`: the number of earlier lines. */
export function transferLines(
  transfers: readonly ServerTransfer[],
  started: number,
  before: number,
): Iterable<string> {
  return lines(serverColumns(started), inOrder(transfers), before);
}

function inOrder<Row extends { readonly ended: number }>(rows: readonly Row[]): readonly Row[] {
  return rows.toSorted((a, b) => a.ended - b.ended);
}
