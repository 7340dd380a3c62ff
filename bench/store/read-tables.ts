/** Reads the columns of server.csv and clients.csv that are compared. */
import { isIP } from 'node:net';
import { type ClientSide, gaveUp, refusedOf, type Side } from '../../lib/account/reconcile.js';
import { ANY, DECIMAL, type Form, readTable, WHOLE, WHOLE_OR_EMPTY } from './read-table.js';

/** Empty in the client's table: never established; in the server's: reset before it was accepted. */
export const ADDRESS: Form = {
  name: 'an address',
  matches: (value: string) => value === '' || isIP(value) !== 0,
};

/** In the order of the rows: the first was opened at 0. Skips connections without an address. */
export async function readClients(path: string): Promise<readonly ClientSide[]> {
  const sides: ClientSide[] = [];
  let row = 0;
  await readTable({ path, table: 'clients', where: `--clients ${path}` }, (get) => {
    const opened = row++;
    const address = get('local_address', ADDRESS);
    if (address === '') return;
    const failure = get('error', ANY);
    sides.push({
      address,
      port: Number(get('local_port', WHOLE)),
      opened,
      requests: Number(get('requests', WHOLE)),
      refused: refusedOf(failure),
      toServer: Number(get('bytes_sent', WHOLE)),
      toClient: Number(get('bytes_received', WHOLE)),
      gaveUp: gaveUp(failure),
    });
  });
  return sides;
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
