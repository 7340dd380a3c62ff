/**
 * The schemas of the tables that are read back: of each header, the positions of the columns that are used. The values
 * are checked without zod (bench/store/read-table.ts), because it would take a quarter of the time of a large table.
 */
import { fields, number } from '../../lib/schema/parts.js';

export const TABLES = {
  /** clients.csv, to be reconciled. */
  clients: fields(
    ['local_address', 'local_port', 'requests', 'bytes_sent', 'bytes_received', 'error'],
    number,
  ),
  /** untimed-connections.csv, to be reconciled. */
  untimed: fields(
    ['phase', 'local_address', 'local_port', 'requests', 'bytes_sent', 'bytes_received', 'error'],
    number,
  ),
  /** server.csv, to be reconciled. */
  server: fields(
    ['remote_address', 'remote_port', 'opened_ms', 'requests', 'bytes_in', 'bytes_out'],
    number,
  ).extend({
    /** Missing in tables of earlier versions. */
    refused: number.optional(),
  }),
  /** Transfers of either side, to be reconciled. */
  clientTransfers: fields(
    ['connection', 'local_address', 'local_port', 'number', 'operation', 'bytes', 'error'],
    number,
  ),
  serverTransfers: fields(
    ['remote_address', 'remote_port', 'opened_ms', 'number', 'operation', 'bytes', 'outcome'],
    number,
  ),
  /** clients.csv: the mean service time of each connection. */
  means: fields(['service_us_mean'], number),
  slices: fields(['side', 'from_ms', 'to_ms', 'requests'], number),
};

export type TableName = keyof typeof TABLES;
export type Column<Name extends TableName> = string & keyof (typeof TABLES)[Name]['shape'];
export type Positions<Name extends TableName> = Readonly<Record<Column<Name>, number | undefined>>;
