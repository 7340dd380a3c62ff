/** The server's and the client's rows of a trial as CSV, one row per connection. */
import type { ClientRow } from '../../lib/account/client-rows.js';
import type { ServerRow } from '../../lib/account/server-rows.js';
import type { UntimedConnection } from '../services/untimed.js';
import { type Columns, header, lines, ms, table, us } from './csv.js';
import type { Names } from './host-names.js';

/** How long a row's connection waited until the server accepted it, in ns; null: unknown. */
type Queueing = ReadonlyMap<ClientRow, number> | null;

const clientColumns = (queueing: Queueing): Columns<ClientRow> => [
  ['connection', (_, index) => index + 1],
  ['process', (row) => row.process],
  ['thread', (row) => row.thread],
  ['client', (row) => row.client],
  ['local_address', (row) => row.localAddress],
  ['local_port', (row) => row.localPort || null],
  ['connect_us', (row) => (row.connected > 0 ? us(row.connected - row.opened) : null)],
  ['queueing_us', (row) => queueingOf(row, queueing)],
  ['first_answer_us', (row) => (row.firstAnswer > 0 ? us(row.firstAnswer) : null)],
  ['lifetime_ms', (row) => (row.connected > 0 ? ms(row.closed - row.connected) : null)],
  ['requests_wanted', (row) => row.requestsWanted],
  ['requests', (row) => row.requests],
  ['bytes_sent', (row) => row.bytesSent],
  ['bytes_received', (row) => row.bytesReceived],
  ['payload_bytes', (row) => row.payload],
  ['service_us_mean', (row) => (row.requests > 0 ? us(row.serviceMean) : null)],
  ['service_us_min', (row) => (row.requests > 0 ? us(row.serviceMin) : null)],
  ['service_us_max', (row) => (row.requests > 0 ? us(row.serviceMax) : null)],
  ['retried', (row) => Number(row.retried)],
  ['error', (row) => row.failure],
];

function queueingOf(row: ClientRow, queueing: Queueing): number | null {
  const delay = queueing?.get(row);
  return delay === undefined ? null : us(delay);
}

/** `started`: when the server began to listen, ns on CLOCK_MONOTONIC; times are relative to it. `names`: null for no column. */
function serverColumns(started: number, names: Names | null): Columns<ServerRow> {
  const name: Columns<ServerRow> =
    names === null ? [] : [['remote_name', (row) => names.get(row.remoteAddress) ?? null]];
  return [
    ['connection', (_, index) => index + 1],
    ['loop', (row) => row.loop],
    ['remote_address', (row) => row.remoteAddress],
    ['remote_port', (row) => row.remotePort || null],
    ...name,
    ['opened_ms', (row) => ms(row.opened - started)],
    ['closed_ms', (row) => ms(row.closed - started)],
    ['requests', (row) => row.requests],
    ['refused', (row) => row.refused],
    ['bytes_in', (row) => row.bytesIn],
    ['bytes_out', (row) => row.bytesOut],
    ['close_reason', (row) => row.closeReason],
  ];
}

export function clientTable(
  rows: readonly ClientRow[],
  queueing: Queueing = null,
): Iterable<string> {
  return table(clientColumns(queueing), rows);
}

/** Tables beside clients.csv: of the load beside, and of untimed connections. */
export const BESIDE_TABLE = 'beside-clients.csv';
export const UNTIMED_TABLE = 'untimed-connections.csv';

const untimedColumns: Columns<UntimedConnection> = [
  ['connection', (_, index) => index + 1],
  ['phase', (row) => row.phase],
  ['local_address', (row) => row.localAddress],
  ['local_port', (row) => row.localPort || null],
  ['requests', (row) => row.requests],
  ['bytes_sent', (row) => row.bytesSent],
  ['bytes_received', (row) => row.bytesReceived],
  ['error', (row) => row.failure],
];

/** In the order in which they were opened. */
export function untimedTable(rows: readonly UntimedConnection[]): Iterable<string> {
  return table(untimedColumns, rows);
}

/** In the order in which the connections were opened. */
export function serverTable(rows: readonly ServerRow[], started: number): Iterable<string> {
  return table(
    serverColumns(started, null),
    rows.toSorted((a, b) => a.opened - b.opened),
  );
}

/** `named`: with a column for the names of hosts. */
export function serverHeader(named: boolean): string {
  return header(serverColumns(0, named ? new Map() : null));
}

export interface ServerLines {
  readonly started: number;
  /** Null: without a column for them. */
  readonly names: Names | null;
  /** The number of earlier lines, which the numbers of these follow. */
  readonly before: number;
}

/** Lines without a header. */
export function serverLines(
  rows: readonly ServerRow[],
  { started, names, before }: ServerLines,
): Iterable<string> {
  return lines(serverColumns(started, names), rows, before);
}
