/** Reads the columns of server.csv and clients.csv that are compared. */
import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { type ClientSide, gaveUp, refusedOf, type Side } from '../../lib/account/reconcile.js';
import { UsageError } from '../cli/usage-error.js';

type Cells = Readonly<Partial<Record<string, string>>>;

const CLIENT = {
  address: 'local_address',
  port: 'local_port',
  requests: 'requests',
  toServer: 'bytes_sent',
  toClient: 'bytes_received',
} as const;

const SERVER = {
  address: 'remote_address',
  port: 'remote_port',
  opened: 'opened_ms',
  requests: 'requests',
  toServer: 'bytes_in',
  toClient: 'bytes_out',
} as const;

type Names = Readonly<Record<keyof typeof CLIENT, string>> & { readonly opened?: string };

/** The number in a row's field. */
type ReadNumber = (name: string, allowed?: RegExp) => number;

export function readClients(path: string): Promise<readonly ClientSide[]> {
  return readSides('--clients', path, CLIENT, (side, { error = '' }) => ({
    ...side,
    refused: refusedOf(error),
    gaveUp: gaveUp(error),
  }));
}

/** Tables of earlier versions have no column `refused`. */
export function readServer(path: string): Promise<readonly Side[]> {
  return readSides('--server', path, SERVER, (side, { refused }, number) => ({
    ...side,
    refused: refused === undefined ? null : number('refused'),
  }));
}

/**
 * Skips connections without an address: in the client's table they were never established, in the server's they were
 * reset before they were accepted.
 */
async function readSides<Each>(
  option: string,
  path: string,
  names: Names,
  completed: (side: Omit<Side, 'refused'>, row: Cells, number: ReadNumber) => Each,
): Promise<readonly Each[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${option} ${path}: ${error.code}; allowed: a file of a c10k run`);
  });
  const refuse = (what: string): never => {
    throw new UsageError(`${option} ${path}: ${what}; allowed: a file of a c10k run`);
  };
  const table = rowsOf(text, refuse);
  const missing = Object.values(names).find((name) => !table.columns.includes(name));
  if (missing !== undefined) return refuse(`has no column ${missing}`);
  return table.rows.flatMap((row, index) => {
    const number: ReadNumber = (name, allowed = /^\d+$/) => {
      const value = row[name] as string;
      return allowed.test(value)
        ? Number(value)
        : refuse(`row ${index + 1}, ${name}: ${value} is not a number`);
    };
    const address = row[names.address] as string;
    if (address === '') return [];
    const side = {
      address,
      port: number(names.port),
      opened: names.opened === undefined ? index : number(names.opened, /^\d+(\.\d+)?$/),
      requests: number(names.requests),
      toServer: number(names.toServer),
      toClient: number(names.toClient),
    };
    return completed(side, row, number);
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
