/** Reads the columns of server.csv and clients.csv that are compared. */
import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import { dirname, join } from 'node:path';
import { type ClientSide, gaveUp, refusedOf, type Side } from '../../lib/account/reconcile.js';
import type { Column } from '../schema/tables.js';
import { UNTIMED_PHASES, type UntimedConnection } from '../services/untimed.js';
import { ANY, DECIMAL, type Form, oneOf, readTable, WHOLE, WHOLE_OR_EMPTY } from './read-table.js';
import { UNTIMED_TABLE } from './tables.js';

/** Empty in the client's table: never established; in the server's: reset before it was accepted. */
export const ADDRESS: Form = {
  name: 'an address',
  matches: (value: string) => value === '' || isIP(value) !== 0,
};

/** More than a table has rows. */
const MOST_ROWS = 2 ** 32;

/** When the first row of untimed connections was opened, if the first row of clients.csv was at 0. */
const UNTIMED_FROM = { before: -MOST_ROWS, after: MOST_ROWS } as const;

/** The distance at which the rows of two trials stay in the order of the trials. */
export const NEXT_TRIAL = 3 * MOST_ROWS;

/** In the order of the rows: the first was opened at 0. Skips connections without an address. */
export async function readClients(path: string): Promise<readonly ClientSide[]> {
  const sides: ClientSide[] = [];
  let row = 0;
  await readTable({ path, table: 'clients', where: `--clients ${path}` }, (get) => {
    sides.push(...clientSide(get, row++));
  });
  return sides;
}

const PHASE = oneOf(UNTIMED_PHASES);

/** The connections of the table beside clients.csv, opened before or after those; none if there is no such table. */
export async function readUntimed(clientsPath: string): Promise<readonly ClientSide[]> {
  const path = join(dirname(clientsPath), UNTIMED_TABLE);
  if (!existsSync(path)) return [];
  const sides: ClientSide[] = [];
  let row = 0;
  await readTable({ path, table: 'untimed', where: `--clients ${path}` }, (get) => {
    const phase = get('phase', PHASE) as UntimedConnection['phase'];
    sides.push(...clientSide(get, UNTIMED_FROM[phase] + row++));
  });
  return sides;
}

/** Empty for a connection without an address. */
function clientSide(
  get: (column: Column<'clients'>, form: Form) => string,
  opened: number,
): readonly ClientSide[] {
  const address = get('local_address', ADDRESS);
  if (address === '') return [];
  const failure = get('error', ANY);
  return [
    {
      address,
      port: Number(get('local_port', WHOLE)),
      opened,
      requests: Number(get('requests', WHOLE)),
      refused: refusedOf(failure),
      toServer: Number(get('bytes_sent', WHOLE)),
      toClient: Number(get('bytes_received', WHOLE)),
      gaveUp: gaveUp(failure),
    },
  ];
}

/** Skips connections without an address. */
export async function readServer(path: string): Promise<readonly Side[]> {
  const sides: Side[] = [];
  await readTable({ path, table: 'server', where: `--server ${path}` }, (get) => {
    const address = get('remote_address', ADDRESS);
    if (address === '') return;
    const refused = get('refused', WHOLE_OR_EMPTY);
    sides.push({
      address,
      port: Number(get('remote_port', WHOLE)),
      opened: Number(get('opened_ms', DECIMAL)),
      requests: Number(get('requests', WHOLE)),
      refused: refused === '' ? null : Number(refused),
      toServer: Number(get('bytes_in', WHOLE)),
      toClient: Number(get('bytes_out', WHOLE)),
    });
  });
  return sides;
}
