/** `echo`: servers × connections × trials of the echo workload. */
import type { Command } from 'commander';
import { readMachine } from '../../lib/ceilings.js';
import { planAll } from '../plan/plan.js';
import { UsageError } from '../plan/usage-error.js';
import { list, oneOf, wholeNumber } from '../plan/values.js';
import { fixedBy, PRESET_NAMES, partsOf } from '../presets/presets.js';
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
  assertFree,
  type ServerFlags,
  serverList,
  serverNames,
  serverOptions,
} from './server-options.js';
import { conduct, type OutputFlags, resume } from './session.js';

const NAME = 'echo';

type Flags = Partial<ClientFlags> &
  Partial<ServerFlags> &
  OutputFlags & {
    readonly server?: readonly string[];
    readonly workers?: readonly number[];
    readonly preset?: string;
    readonly resume?: string;
  };

const EXAMPLES = `
Examples:
  npm run bench -- --server epoll --conns 5000 --repeat 20
  npm run bench -- --server all --conns 500 --trials 1
  npm run bench -- --server epoll,poll,select-wide --conns 64 --idle 0,10000 --duration 2s
  npm run bench -- --server select --conns 2000 --workers 2
  npm run bench -- --preset comp8005
  npm run bench -- --server 'epoll,cmd:python3 examples/asyncio_echo.py {port}' --conns 100
  npm run bench -- --server epoll,threads --message-size uniform:1-4096 --lifetime exp:500ms

Lists multiply: every server at every number of connections. Exit code 3: some cell has no valid figure.`;

export function echoCommand(program: Command): void {
  const command = program
    .command(NAME, { isDefault: true })
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
  command.optionsGroup('The experiment:');
  add(
    command,
    '--preset <name>',
    `an experiment under a name: ${PRESET_NAMES.join(', ')}`,
    oneOf(PRESET_NAMES),
  );
  command.option('--resume <dir>', 'go on with a run that was interrupted');
  addOutputOptions(command)
    .addHelpText('after', EXAMPLES)
    .action(async (flags: Flags) => {
      process.exitCode = await echo(flags);
    });
}

async function echo(flags: Flags): Promise<number> {
  const machine = readMachine();
  if (flags.resume !== undefined) refuseOthers('--resume', flags, RESUME_TAKES);
  if (flags.preset !== undefined) refuseFixed(flags.preset, flags);
  if (flags.resume !== undefined)
    return resume(flags.resume, flags, (name) => {
      if (name !== NAME)
        throw new UsageError(`--resume: a run of ${name}; allowed: one of ${NAME}`);
      return performOn(machine);
    });
  const options = {
    servers: serverNames(flags.server ?? ['epoll']),
    workers: flags.workers ?? null,
    ...clientOptions(flags),
    ...(await serverOptions(flags, 0)),
  };
  const parts = flags.preset === undefined ? [options] : partsOf(flags.preset, options);
  assertFree(options);
  return conduct({
    name: NAME,
    options: { ...options, preset: flags.preset ?? null },
    plan: planAll(parts, machine),
    perform: performOn(machine),
    output: flags,
  });
}

/** A run that goes on keeps what it was begun with. */
const RESUME_TAKES = ['resume', 'json', 'quiet', 'failIf', 'untilStable'];

function refuseOthers(option: string, flags: Flags, taken: readonly string[]): void {
  const other = Object.keys(flags).find((name) => !taken.includes(name));
  if (other !== undefined)
    throw new UsageError(
      `${dashed(other)}: ignored by ${option}; allowed: ${taken.slice(1).map(dashed).join(', ')}`,
    );
}

/** What a preset says itself. */
function refuseFixed(preset: string, flags: Flags): void {
  const fixed = fixedBy(preset);
  const other = Object.keys(flags).find((name) => fixed.includes(name));
  if (other !== undefined)
    throw new UsageError(`${dashed(other)}: --preset ${preset} has its own; allowed: one of them`);
}

function dashed(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
