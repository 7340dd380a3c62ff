/** `reconcile`: compares a server's list of connections with the lists of clients on several machines. */

import { basename } from 'node:path';
import type { Command } from 'commander';
import type { ClientSide, Reconciliation } from '../../lib/account/reconcile.js';
import { differenceInWords, type TransferSide } from '../../lib/account/reconcile-transfers.js';
import { ExitCode } from '../cli/exit-code.js';
import { add } from '../cli/option.js';
import { UsageError } from '../cli/usage-error.js';
import { list } from '../cli/values.js';
import { terminalOf } from '../report/terminal/terminal.js';
import { NEXT_TRIAL, readClients, readServer, readUntimed } from '../store/read-tables.js';
import { readClientTransfers, readServerTransfers } from '../store/read-transfers.js';
import { BESIDE_TABLE } from '../store/tables.js';
import { whole } from '../text/format.js';
import {
  type ClientTables,
  reconcileTables,
  type ServerTables,
  type TablesReconciliation,
} from './reconcile-tables.js';

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

Where every table has one of transfers beside it, these are compared too. untimed-connections.csv, which a load writes
beside clients.csv where it prepares and removes files by commands, is compared with it. A load beside has a table too:
add beside-clients.csv to --clients.`;

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
  const found = reconcileTables(await clientsOf(clients), await serverOf(server));
  const { untimed, transfers } = found;
  const agrees = [found, untimed, transfers].every((each) => (each?.mismatches ?? 0) === 0);
  const text = [
    comparedInWords(found, 'connections'),
    ...(untimed.compared > 0 ? [comparedInWords(untimed, 'untimed connections')] : []),
    ...(transfers ? transfersInWords(transfers) : []),
    verdict(agrees),
    ...[...found.examples, ...untimed.examples].map(
      ({ connection, what }) => `  ${connection}: ${what}`,
    ),
    ...(transfers?.examples ?? []).map((one) => `  ${differenceInWords(one)}`),
  ].join('\n');
  process.stdout.write(`${json ? JSON.stringify(found, null, 2) : text}\n`);
  return agrees ? ExitCode.ok : ExitCode.invalid;
}

function comparedInWords(
  { compared, mismatches }: Pick<Reconciliation, 'compared' | 'mismatches'>,
  what: string,
): string {
  return `${whole(compared)} ${what} compared, ${whole(mismatches)} differ`;
}

function transfersInWords(transfers: NonNullable<TablesReconciliation['transfers']>): string[] {
  const { notCompared } = transfers;
  return [
    comparedInWords(transfers, 'transfers'),
    ...(notCompared > 0
      ? [
          `${whole(notCompared)} transfers not compared, on connections of which the client keeps no transfers`,
        ]
      : []),
  ];
}

function verdict(agrees: boolean): string {
  const { colors } = terminalOf(process.stdout);
  return agrees ? colors.green('reconciled') : colors.red('not reconciled');
}

async function serverOf(path: string): Promise<ServerTables> {
  return { connections: await readServer(path), transfers: await readServerTransfers(path) };
}

/** All clients as one side, whose connections were opened in the order of the tables. */
async function clientsOf(paths: readonly string[]): Promise<ClientTables> {
  const each = await Promise.all(
    paths.map(async (path, i) => {
      const after = <Row extends ClientSide | TransferSide>(row: Row): Row => ({
        ...row,
        opened: row.opened + i * NEXT_TRIAL,
      });
      const { measured, beside, untimed, transfers } = await readClientTables(path);
      return {
        ...{ measured: measured.map(after), beside: beside.map(after) },
        ...{ untimed: untimed.map(after), transfers: transfers?.map(after) ?? null },
      };
    }),
  );
  return {
    measured: each.flatMap(({ measured }) => measured),
    beside: each.flatMap(({ beside }) => beside),
    untimed: each.flatMap(({ untimed }) => untimed),
    transfers: each.some(({ transfers }) => transfers === null)
      ? null
      : each.flatMap(({ transfers }) => transfers ?? []),
  };
}

/** With the tables beside it. That of the load beside has none, because those are of the measured load. */
async function readClientTables(path: string): Promise<ClientTables> {
  const connections = await readClients(path);
  if (basename(path) === BESIDE_TABLE)
    return { measured: [], beside: connections, untimed: [], transfers: [] };
  const transfers = await readClientTransfers(path);
  return {
    measured: connections,
    beside: [],
    untimed: await readUntimed(path),
    // Without connections there are no transfers.
    transfers: transfers ?? (connections.length === 0 ? [] : null),
  };
}
