/** Reads the two accounts back from their CSV files, as far as they are compared. */
import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import type { Side } from '../../lib/load/reconcile.js';
import { UsageError } from '../plan/usage-error.js';

type Cells = Readonly<Record<string, string>>;

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
  requests: 'requests',
  toServer: 'bytes_in',
  toClient: 'bytes_out',
} as const;

/** A connection that never came about has no address: it is left out. */
export async function readClients(path: string): Promise<readonly Side[]> {
  const rows = await readSides('--clients', path, CLIENT);
  return rows.filter(({ address }) => address !== '');
}

export function readServer(path: string): Promise<readonly Side[]> {
  return readSides('--server', path, SERVER);
}

async function readSides(
  option: string,
  path: string,
  names: Readonly<Record<keyof typeof CLIENT, string>>,
): Promise<readonly Side[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${option} ${path}: ${error.code}; allowed: a file of a c10k run`);
  });
  const refuse = (what: string): never => {
    throw new UsageError(`${option} ${path}: ${what}; allowed: a file of a c10k run`);
  };
  return cellsOf(text, refuse).map((row, opened) => {
    const number = (name: string) => {
      const value = row[name] ?? refuse(`has no column ${name}`);
      return /^\d+$/.test(value)
        ? Number(value)
        : refuse(`row ${opened + 1}, ${name}: ${value} is no number`);
    };
    return {
      address: row[names.address] ?? refuse(`has no column ${names.address}`),
      port: number(names.port),
      opened,
      requests: number(names.requests),
      toServer: number(names.toServer),
      toClient: number(names.toClient),
    };
  });
}

function cellsOf(text: string, refuse: (what: string) => never): readonly Cells[] {
  try {
    return parse(text, { columns: true }) as readonly Cells[];
  } catch (error) {
    return refuse((error as Error).message);
  }
}
