/** `load`: the client alone, from this or another machine, against any server of a service. */
import type { Command } from 'commander';
import { readMachine } from '../../lib/catalog/ceilings.js';
import { add } from '../cli/option.js';
import { UsageError } from '../cli/usage-error.js';
import { type Address, address, instant } from '../cli/values.js';
import { machineFor } from '../experiment/machine.js';
import type { OutputFlags } from '../experiment/present.js';
import { conduct, resume } from '../experiment/session.js';
import { planLoad } from '../plan/plan.js';
import type { Stopping } from '../plan/stopping.js';
import { performAgainst } from '../run/load-only.js';
import { DEFAULT_SERVICE, serviceNamed } from '../services/registry.js';
import { addClientOptions, type ClientFlags, clientOptions } from './options/client.js';
import { addOutputOptions } from './options/output.js';
import { RESUME, refuseBesideResume } from './options/resume.js';
import { numericAddress } from './options/server.js';
import { addServiceOptions, chosenService, type ServiceFlags } from './options/service.js';
import { addStopping, type StoppingFlags, stoppingOf } from './options/stopping.js';

const NAME = 'load';

type Flags = Partial<ClientFlags> &
  OutputFlags &
  StoppingFlags &
  ServiceFlags & { readonly target?: Address; readonly at?: number; readonly resume?: string };

/** For run.json: `at` in ms since the epoch; null: it began immediately. */
type Options = Omit<ReturnType<typeof clientOptions>, 'stopping'> &
  Address & { readonly stopping: Stopping; readonly at: number | null };

/** The server isn't started here, so its options don't apply. */
const HALVES = ['client'] as const;

const EXAMPLES = `
Examples:
  npm run bench -- load --target 127.0.0.1:10000 --conns 1000 --repeat 20
  npm run bench -- load --target 192.0.2.7:10000 --at 2030-01-01T12:00:00Z   (on several machines)
  npm run bench -- load --target 192.0.2.7:7 --conns 100 --duration 10s --lifetime uniform:1s-10s

The server must serve --service. Its counts are not available to the client, so nothing is reconciled.`;

export function loadCommand(program: Command): void {
  const command = program
    .command(NAME)
    .description('Runs only the client, against a running server.');
  add(command, '--target <address:port>', 'address of the server (required)', address);
  add(
    command,
    '--at <time>',
    'start time of the traffic, the same on every client machine, e.g. 2030-01-01T12:00:00Z',
    instant,
  );
  addClientOptions(command, serviceNamed(DEFAULT_SERVICE));
  addServiceOptions(command, HALVES);
  command.optionsGroup('The experiment:');
  addStopping(command);
  add(command, ...RESUME);
  addOutputOptions(command)
    .addHelpText('after', EXAMPLES)
    .action(async (flags: Flags) => {
      process.exitCode = await load(flags);
    });
}

async function load(flags: Flags): Promise<number> {
  if (flags.resume !== undefined) return resumeLoad(flags.resume, flags);
  const options = await optionsOf(flags);
  const { at, ...planned } = options;
  const { host, port } = planned;
  const machine = machineFor([planned]);
  return conduct({
    name: NAME,
    options,
    plan: planLoad(planned, machine),
    perform: performAgainst({ host, port, startAt: at }, machine),
    output: flags,
    canResume: at === null,
  });
}

function resumeLoad(path: string, flags: Flags): Promise<number> {
  refuseBesideResume(flags);
  const machine = readMachine();
  return resume(NAME, path, flags, (options) => {
    const { host, port, at } = options as Options;
    if (at !== null)
      throw new UsageError(`--resume ${path}: a load with --at; allowed: one without`);
    return performAgainst({ host, port, startAt: null }, machine);
  });
}

/** Throws UsageError for options that contradict each other. */
async function optionsOf(flags: Flags): Promise<Options> {
  if (!flags.target) throw new UsageError('--target: missing; allowed: ADDRESS:PORT');
  const stopping = stoppingOf(flags);
  if (flags.at !== undefined) refuseStart(flags.at, flags, stopping);
  const { port } = flags.target;
  const host = await numericAddress('--target', flags.target.host);
  const client = clientOptions({ trials: 1, ...flags }, chosenService(flags, HALVES));
  return { ...client, stopping, host, port, at: flags.at ?? null };
}

/** Throws UsageError for a start time that is over, or for more than one trial. */
function refuseStart(at: number, { trials = 1, start }: Flags, stopping: Stopping): void {
  if (at < Date.now())
    throw new UsageError(`--at ${new Date(at).toISOString()}: in the past; allowed: a future time`);
  if (trials > 1 || start === 'immediate')
    throw new UsageError(
      '--at: starts a single trial at its barrier; allowed: --trials 1 and --start barrier',
    );
  if (stopping.kind !== 'blocks')
    throw new UsageError(
      "--at: starts a single trial; can't be combined with --until-stable or --budget",
    );
}
