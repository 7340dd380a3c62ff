/** Reads the tables of transfers that lie beside server.csv and clients.csv. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TransferSide } from '../../lib/account/reconcile-transfers.js';
import { outcomeOf, TRANSFER_OUTCOMES, type TransferOutcome } from '../../lib/account/transfers.js';
import { ANY, DECIMAL, oneOf, readTable, WHOLE } from './read-table.js';
import { ADDRESS } from './read-tables.js';

const OUTCOME = oneOf(TRANSFER_OUTCOMES);

/** With `opened` as readClients() gives it; null if there is no table. `path`: of clients.csv. */
export async function readClientTransfers(path: string): Promise<readonly TransferSide[] | null> {
  const found = beside(path, 'client-transfers.csv');
  if (found === null) return null;
  const sides: TransferSide[] = [];
  await readTable({ path: found, table: 'clientTransfers', where: `--clients ${found}` }, (get) => {
    sides.push({
      address: get('local_address', ADDRESS),
      port: Number(get('local_port', WHOLE)),
      opened: Number(get('connection', WHOLE)) - 1,
      number: Number(get('number', WHOLE)),
      operation: get('operation', ANY),
      bytes: Number(get('bytes', WHOLE)),
      outcome: outcomeOf({ failure: get('error', ANY) }),
    });
  });
  return sides;
}

/** Skips those of connections without an address; null if there is no table. `path`: of server.csv. */
export async function readServerTransfers(path: string): Promise<readonly TransferSide[] | null> {
  const found = beside(path, 'server-transfers.csv');
  if (found === null) return null;
  const sides: TransferSide[] = [];
  await readTable({ path: found, table: 'serverTransfers', where: `--server ${found}` }, (get) => {
    const address = get('remote_address', ADDRESS);
    if (address === '') return;
    sides.push({
      address,
      port: Number(get('remote_port', WHOLE)),
      opened: Number(get('opened_ms', DECIMAL)),
      number: Number(get('number', WHOLE)),
      operation: get('operation', ANY),
      bytes: Number(get('bytes', WHOLE)),
      outcome: get('outcome', OUTCOME) as TransferOutcome,
    });
  });
  return sides;
}

/** A side's own directory has transfers.csv; one that both sides share has the other name. */
function beside(path: string, shared: string): string | null {
  const paths = ['transfers.csv', shared].map((name) => join(dirname(path), name));
  return paths.find((each) => existsSync(each)) ?? null;
}
