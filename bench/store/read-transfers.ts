/** Reads the tables of transfers that lie beside server.csv and clients.csv. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TransferSide } from '../../lib/account/reconcile-transfers.js';
import { outcomeOf, type TransferOutcome } from '../../lib/account/transfers.js';
import { readTable } from './read-table.js';

/** What both sides' tables have. */
const COMMON = ['number', 'operation', 'bytes'];

/** With `opened` as readClients() gives it; null if there is no table. `path`: of clients.csv. */
export async function readClientTransfers(path: string): Promise<readonly TransferSide[] | null> {
  const found = beside(path, 'client-transfers.csv');
  if (found === null) return null;
  const columns = ['connection', 'local_address', 'local_port', 'error', ...COMMON];
  return (await readTable('--clients', found, columns)).map(({ text, whole }) => ({
    address: text('local_address'),
    port: whole('local_port'),
    opened: whole('connection') - 1,
    number: whole('number'),
    operation: text('operation'),
    bytes: whole('bytes'),
    outcome: outcomeOf({ failure: text('error') }),
  }));
}

/** Skips those of connections without an address; null if there is no table. `path`: of server.csv. */
export async function readServerTransfers(path: string): Promise<readonly TransferSide[] | null> {
  const found = beside(path, 'server-transfers.csv');
  if (found === null) return null;
  const columns = ['remote_address', 'remote_port', 'opened_ms', 'outcome', ...COMMON];
  const rows = await readTable('--server', found, columns);
  return rows
    .filter(({ text }) => text('remote_address') !== '')
    .map(({ text, whole, time }) => ({
      address: text('remote_address'),
      port: whole('remote_port'),
      opened: time('opened_ms'),
      number: whole('number'),
      operation: text('operation'),
      bytes: whole('bytes'),
      outcome: text('outcome') as TransferOutcome,
    }));
}

/** A side's own directory has transfers.csv; one that both sides share has the other name. */
function beside(path: string, shared: string): string | null {
  const paths = ['transfers.csv', shared].map((name) => join(dirname(path), name));
  return paths.find((each) => existsSync(each)) ?? null;
}
