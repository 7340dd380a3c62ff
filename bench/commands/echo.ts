/** `echo`: servers × connections × trials of the echo workload. */
import type { Command } from 'commander';
import { readMachine } from '../../lib/ceilings.js';
import { native } from '../../lib/native.js';
import { listen } from '../../lib/server/server.js';
import { plan } from '../plan/plan.js';
import { list, wholeNumber } from '../plan/values.js';
import { performOn } from '../run/trial.js';
import {
  add,
  addClientOptions,
  addList,
  type ClientFlags,
  clientOptions,
} from './client-options.js';
import { addOutputOptions } from './output-options.js';
import {
  addServerOptions,
  type ServerFlags,
  serverList,
  serverNames,
  serverOptions,
} from './server-options.js';
import { conduct, type OutputFlags } from './session.js';

type Flags = Partial<ClientFlags> &
  Partial<ServerFlags> &
  OutputFlags & { readonly server?: readonly string[]; readonly workers?: readonly number[] };

const EXAMPLES = `
Examples:
  npm run bench -- --server epoll --conns 5000 --repeat 20
  npm run bench -- --server all --conns 500 --trials 1
  npm run bench -- --server epoll,poll,select-wide --conns 64 --idle 0,10000 --duration 2s
  npm run bench -- --server select --conns 2000 --workers 2
  npm run bench -- --server 'epoll,cmd:python3 examples/asyncio_echo.py {port}' --conns 100
  npm run bench -- --server epoll,threads --message-size uniform:1-4096 --lifetime exp:500ms

Lists multiply: every server at every number of connections. Exit code 3: some cell has no valid figure.`;

export function echoCommand(program: Command): void {
  const command = program
    .command('echo', { isDefault: true })
    .description('Measures server models under the echo workload (the default command).');
  addServerOptions(command, 0);
  addList(
    command,
    '--server <name,…>',
    "models, all, or 'cmd:PROGRAM … {port}'; may be repeated (default: epoll)",
    serverList,
  );
  add(
    command,
    '--workers <n,…>',
    'loops, pool threads or pool processes (default: 1; pools: 8)',
    list(wholeNumber(1, 1024)),
  );
  addClientOptions(command);
  addOutputOptions(command)
    .addHelpText('after', EXAMPLES)
    .action(async (flags: Flags) => {
      process.exitCode = await echo(flags);
    });
}

async function echo(flags: Flags): Promise<number> {
  const options = {
    servers: serverNames(flags.server ?? ['epoll']),
    workers: flags.workers ?? null,
    ...clientOptions(flags),
    ...(await serverOptions(flags, 0)),
  };
  const machine = readMachine();
  assertFree(options.host, options.port, options.backlog);
  return conduct({
    command: 'echo',
    options,
    plan: plan(options, machine),
    perform: performOn(machine),
    output: flags,
  });
}

/** A port in use would fail every trial: say so before the first. */
function assertFree(host: string, port: number, backlog: number): void {
  native.close(listen(host, port, backlog).fd);
}
