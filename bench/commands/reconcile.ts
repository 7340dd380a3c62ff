/** `reconcile`: compares a server's list of connections with the lists of clients on several machines. */

import type { Command } from 'commander';
import { compareSides } from '../../lib/account/reconcile.js';
import { ExitCode } from '../cli/exit-code.js';
import { add } from '../cli/option.js';
import { UsageError } from '../cli/usage-error.js';
import { list } from '../cli/values.js';
import { terminalOf } from '../report/terminal/terminal.js';
import { readClients, readServer } from '../store/read-tables.js';
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
  npm run bench -- reconcile --server server/server.csv --clients a/trials/1-load-1000/clients.csv,b/trials/1-load-1000/clients.csv`;

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
  const mine = (await Promise.all(clients.map(readClients))).flat();
  const found = compareSides(mine, await readServer(server));
  const { colors } = terminalOf(process.stdout);
  const agrees = found.mismatches === 0;
  const lines = [
    `${whole(found.compared)} connections compared, ${whole(found.mismatches)} differ`,
    agrees ? colors.green('reconciled') : colors.red('not reconciled'),
    ...found.examples.map(({ connection, what }) => `  ${connection}: ${what}`),
  ];
  process.stdout.write(`${json ? JSON.stringify(found, null, 2) : lines.join('\n')}\n`);
  return agrees ? ExitCode.ok : ExitCode.invalid;
}
