/** Reads the columns of server.csv and clients.csv that are compared. */
import type { Side } from '../../lib/account/reconcile.js';
import { readTable } from './read-table.js';

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

/** In the order of the rows: the first was opened at 0. */
export function readClients(path: string): Promise<readonly Side[]> {
  return readSides('--clients', path, CLIENT);
}

export function readServer(path: string): Promise<readonly Side[]> {
  return readSides('--server', path, SERVER);
}

/**
 * Skips connections without an address: in the client's table they were never established, in the server's they were
 * reset before they were accepted.
 */
async function readSides(option: string, path: string, names: Names): Promise<readonly Side[]> {
  const rows = await readTable(option, path, Object.values(names));
  return rows.flatMap(({ text, whole, time }, index) => {
    const address = text(names.address);
    if (address === '') return [];
    return {
      address,
      port: whole(names.port),
      opened: names.opened === undefined ? index : time(names.opened),
      requests: whole(names.requests),
      toServer: whole(names.toServer),
      toClient: whole(names.toClient),
    };
  });
}
