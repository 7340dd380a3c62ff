/** `reconcile`: compares a server's list of connections with the lists of clients on several machines. */

import type { Command } from 'commander';
import { type ClientSide, compareSides, type Side } from '../../lib/account/reconcile.js';
import {
  differenceInWords,
  reconcileTransfers,
  type TransferReconciliation,
  type TransferSide,
} from '../../lib/account/reconcile-transfers.js';
import { ExitCode } from '../cli/exit-code.js';
import { add } from '../cli/option.js';
import { UsageError } from '../cli/usage-error.js';
import { list } from '../cli/values.js';
import { terminalOf } from '../report/terminal/terminal.js';
import { readClients, readServer } from '../store/read-tables.js';
import { readClientTransfers, readServerTransfers } from '../store/read-transfers.js';
import { whole } from '../text/format.js';

interface Flags {
  readonly server?: string;
  readonly clients?: readonly string[];
  readonly json?: boolean;
}

const EXAMPLES = `
Example, a server and two client machines:
  npm run bench -- serve --host 0.0.0.0 --port 10000 --output server
  npm run bench -- load --target 192.0.2.7:10000 --at 2030-01-01T12:00:00Z --output a    (on each)
  npm run bench -- reconcile --server server/server.csv --clients a/trials/1-load-1000/clients.csv,b/trials/1-load-1000/clients.csv

Where every table has one of transfers beside it, these are compared too.`;

export function reconcileCommand(program: Command): void {
  const command = program
    .command('reconcile')
    .description("Compares a server's list of connections with those of its clients.")
    .option('--server <file>', "path of the server's server.csv (required)");
  add(command, '--clients <file,…>', "paths of the clients' clients.csv (required)", list(String));
  command
    .option('--json', 'output as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: Flags) => {
      process.exitCode = await reconcileFiles(flags);
    });
}

async function reconcileFiles({ server, clients, json }: Flags): Promise<number> {
  if (server === undefined || clients === undefined)
    throw new UsageError('reconcile: needs --server and --clients; allowed: files of a run');
  const mine = await clientsOf(clients);
  const theirs = await serverOf(server);
  const found = compareSides(mine.connections, theirs.connections);
  const transfers = compareTransfers(mine, theirs);
  const { colors } = terminalOf(process.stdout);
  const agrees = found.mismatches === 0 && (transfers?.mismatches ?? 0) === 0;
  const lines = [
    `${whole(found.compared)} connections compared, ${whole(found.mismatches)} differ`,
    ...(transfers
      ? [`${whole(transfers.compared)} transfers compared, ${whole(transfers.mismatches)} differ`]
      : []),
    agrees ? colors.green('reconciled') : colors.red('not reconciled'),
    ...found.examples.map(({ connection, what }) => `  ${connection}: ${what}`),
    ...(transfers?.examples ?? []).map((one) => `  ${differenceInWords(one)}`),
  ];
  const all = { ...found, transfers };
  process.stdout.write(`${json ? JSON.stringify(all, null, 2) : lines.join('\n')}\n`);
  return agrees ? ExitCode.ok : ExitCode.invalid;
}

/** One side's tables. */
interface Tables<Connection extends Side = Side> {
  readonly connections: readonly Connection[];
  /** Null if there is no such table. */
  readonly transfers: readonly TransferSide[] | null;
}

async function serverOf(path: string): Promise<Tables> {
  return { connections: await readServer(path), transfers: await readServerTransfers(path) };
}

/** Larger than the number of rows of a table. */
const NEXT_TABLE = 2 ** 32;

/** All clients as one side, whose connections were opened in the order of the tables. */
async function clientsOf(paths: readonly string[]): Promise<Tables<ClientSide>> {
  const each = await Promise.all(
    paths.map(async (path, i) => {
      const after = <Row extends Side | TransferSide>(row: Row): Row => ({
        ...row,
        opened: row.opened + i * NEXT_TABLE,
      });
      const transfers = await readClientTransfers(path);
      const connections = (await readClients(path)).map(after);
      return { connections, transfers: transfers?.map(after) ?? null };
    }),
  );
  const transfers = each.flatMap((one) => one.transfers ?? []);
  return {
    connections: each.flatMap(({ connections }) => connections),
    transfers: each.some((one) => one.transfers === null) ? null : transfers,
  };
}

/** Null if a table is missing. */
function compareTransfers(client: Tables, server: Tables): TransferReconciliation | null {
  if (client.transfers === null || server.transfers === null) return null;
  return reconcileTransfers(
    { connections: client.connections, transfers: client.transfers, unrecorded: 0 },
    { connections: server.connections, transfers: server.transfers, unrecorded: 0 },
  );
}
