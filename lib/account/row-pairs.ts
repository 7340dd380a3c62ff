/** Joins the rows of both sides on the client's address and port. */
import type { ClientRow } from './client-rows.js';
import { type Ends, pairs } from './pairs.js';
import type { ServerRow } from './server-rows.js';

interface End<Row> extends Ends {
  readonly row: Row;
}

export interface RowPair {
  readonly client: ClientRow | undefined;
  readonly server: ServerRow | undefined;
}

/** Without connections that were never established, or whose address the server could not read. */
export function* rowPairs(
  clients: readonly ClientRow[],
  servers: readonly ServerRow[],
  rowsLost: boolean,
): Generator<RowPair> {
  const mine = clients.filter(({ connected }) => connected > 0).map(clientEnd);
  const theirs = servers.filter(({ remoteAddress }) => remoteAddress !== '').map(serverEnd);
  for (const { client, server } of pairs(mine, theirs, rowsLost))
    yield { client: client?.row, server: server?.row };
}

function clientEnd(row: ClientRow): End<ClientRow> {
  return { address: row.localAddress, port: row.localPort, opened: row.opened, row };
}

function serverEnd(row: ServerRow): End<ServerRow> {
  return { address: row.remoteAddress, port: row.remotePort, opened: row.opened, row };
}
