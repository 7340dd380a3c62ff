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
  const rows = parse(text, { columns: true }) as readonly Cells[];
  const missing = Object.values(names).find((name) => rows[0] && !(name in rows[0]));
  if (missing) throw new UsageError(`${option} ${path}: has no column ${missing}`);
  return rows.map((row, opened) => ({
    address: row[names.address] ?? '',
    port: Number(row[names.port]),
    opened,
    requests: Number(row[names.requests]),
    toServer: Number(row[names.toServer]),
    toClient: Number(row[names.toClient]),
  }));
}
