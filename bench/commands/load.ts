/** `load`: the client alone, from this or another machine, against any server of a service. */
import type { Command } from 'commander';
import { readMachine } from '../../lib/catalog/ceilings.js';
import { add } from '../cli/option.js';
import { UsageError } from '../cli/usage-error.js';
import { type Address, address, instant } from '../cli/values.js';
import type { OutputFlags } from '../experiment/present.js';
import { conduct } from '../experiment/session.js';
import { planLoad } from '../plan/plan.js';
import { performAgainst } from '../run/load-only.js';
import { DEFAULT_SERVICE, serviceNamed } from '../services/registry.js';
import { addClientOptions, type ClientFlags, clientOptions } from './options/client.js';
import { addOutputOptions } from './options/output.js';
import { numericAddress } from './options/server.js';
import { addServiceOptions, chosenService, type ServiceFlags } from './options/service.js';
import { addStopping, type StoppingFlags, stoppingOf } from './options/stopping.js';

type Flags = Partial<ClientFlags> &
  OutputFlags &
  StoppingFlags &
  ServiceFlags & { readonly target?: Address; readonly at?: number };

const EXAMPLES = `
Examples:
  npm run bench -- load --target 127.0.0.1:10000 --conns 1000 --repeat 20
  npm run bench -- load --target 192.0.2.7:10000 --at 2030-01-01T12:00:00Z   (on several machines)
  npm run bench -- load --target 192.0.2.7:7 --conns 100 --duration 10s --lifetime uniform:1s-10s

The server must serve --service. Its counts are not available to the client, so nothing is reconciled.`;

export function loadCommand(program: Command): void {
  const command = program
    .command('load')
    .description('Runs only the client, against a running server.');
  add(command, '--target <address:port>', 'address of the server (required)', address);
  add(
    command,
    '--at <time>',
    'start time of the traffic, the same on every client machine, e.g. 2030-01-01T12:00:00Z',
    instant,
  );
  addClientOptions(command, serviceNamed(DEFAULT_SERVICE));
  addServiceOptions(command, ['client']);
  addStopping(command);
  addOutputOptions(command)
    .addHelpText('after', EXAMPLES)
    .action(async (flags: Flags) => {
      process.exitCode = await load(flags);
    });
}

async function load(flags: Flags): Promise<number> {
  if (!flags.target) throw new UsageError('--target: missing; allowed: ADDRESS:PORT');
  if (flags.at !== undefined && flags.at < Date.now())
    throw new UsageError(
      `--at ${new Date(flags.at).toISOString()}: in the past; allowed: a future time`,
    );
  if (flags.at !== undefined && ((flags.trials ?? 1) > 1 || flags.start === 'immediate'))
    throw new UsageError(
      '--at: starts a single trial at its barrier; allowed: --trials 1 and --start barrier',
    );
  const stopping = stoppingOf(flags);
  if (flags.at !== undefined && stopping.kind !== 'blocks')
    throw new UsageError(
      "--at: starts a single trial; can't be combined with --until-stable or --budget",
    );
  const { port } = flags.target;
  const host = await numericAddress('--target', flags.target.host);
  const options = {
    ...clientOptions({ trials: 1, ...flags }, chosenService(flags)),
    stopping,
    host,
    port,
  };
  const machine = readMachine();
  return conduct({
    name: 'load',
    options,
    plan: planLoad(options, machine),
    perform: performAgainst({ host, port, startAt: flags.at ?? null }, machine),
    output: flags,
    canResume: false,
  });
}
