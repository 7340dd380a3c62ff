/** Tables of transfers read back, and joined with their connections. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { readClients, readServer } from '../../../bench/store/read-tables.js';
import { readClientTransfers, readServerTransfers } from '../../../bench/store/read-transfers.js';
import { clientTable, serverTable } from '../../../bench/store/tables.js';
import { clientTransferTable, serverTransferTable } from '../../../bench/store/transfer-tables.js';
import { reconcileTransfers } from '../../../lib/account/reconcile-transfers.js';
import { CLIENT_ROW, SERVER_ROW } from '../../support/rows.js';
import { CLIENT_TRANSFER, SERVER_TRANSFER } from '../../support/transfers.js';

/** The tables of both sides, under the names of transfer tables. */
function tables(directory: string, [client, server]: readonly [string, string]) {
  const write = (name: string, chunks: Iterable<string>) => {
    writeFileSync(join(directory, name), [...chunks].join(''));
    return join(directory, name);
  };
  write(client, clientTransferTable([CLIENT_TRANSFER], [CLIENT_ROW], 0));
  write(server, serverTransferTable([SERVER_TRANSFER], 0));
  return {
    clients: write('clients.csv', clientTable([CLIENT_ROW])),
    servers: write('server.csv', serverTable([SERVER_ROW], 0)),
  };
}

t.test('transfers are found next to the connections, and are joined to them', async (t) => {
  const directory = t.testdir();
  const { clients, servers } = tables(directory, ['client-transfers.csv', 'server-transfers.csv']);
  const mine = (await readClientTransfers(clients)) ?? [];
  const theirs = (await readServerTransfers(servers)) ?? [];
  t.match(mine, [{ port: 40_000, opened: 0, number: 1, operation: 'get', outcome: 'done' }]);
  t.match(theirs, [{ port: 40_000, opened: 5, number: 1, bytes: 1_000_000, outcome: 'done' }]);
  const found = reconcileTransfers(
    { connections: await readClients(clients), transfers: mine, unrecorded: 0 },
    { connections: await readServer(servers), transfers: theirs, unrecorded: 0 },
  );
  t.match(found, { compared: 1, mismatches: 0 });
});

t.test('a directory of one side has transfers under the default name', async (t) => {
  const { clients } = tables(t.testdir(), ['transfers.csv', 'other.csv']);
  t.equal((await readClientTransfers(clients))?.length, 1);
});

t.test('without a table there are no transfers', async (t) => {
  const { clients, servers } = tables(t.testdir(), ['a.csv', 'b.csv']);
  t.equal(await readClientTransfers(clients), null);
  t.equal(await readServerTransfers(servers), null);
});
