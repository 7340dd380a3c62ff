/** `echo`: servers × connections × trials of the echo workload. */
import type { Command } from 'commander';
import { type Machine, readMachine } from '../../lib/catalog/ceilings.js';
import { UsageError } from '../cli/usage-error.js';
import { existing, oneOf } from '../cli/values.js';
import type { OutputFlags } from '../experiment/present.js';
import { conduct, resume } from '../experiment/session.js';
import { planAll } from '../plan/plan.js';
import { fixedBy, PRESET_NAMES, partsOf } from '../presets/presets.js';
import { performOn } from '../run/trial.js';
import { addEchoOptions, type EchoFlags, echoOptions } from './options/echo.js';
import { refuse, refuseBesideResume } from './options/given.js';
import { add } from './options/option.js';
import { addOutputOptions } from './options/output.js';
import { assertFree } from './options/server.js';
import { addStopping, type StoppingFlags, stoppingOf } from './options/stopping.js';

const NAME = 'echo';

interface Flags extends EchoFlags, OutputFlags, StoppingFlags {
  readonly preset?: string;
  readonly resume?: string;
}

const EXAMPLES = `
Examples:
  npm run bench -- --server epoll --conns 5000 --repeat 20
  npm run bench -- --server all --conns 500 --trials 1
  npm run bench -- --server epoll,poll,select-wide --conns 64 --idle 0,10000 --duration 2s
  npm run bench -- --server select --conns 2000 --workers 2
  npm run bench -- --preset comp8005
  npm run bench -- --server 'epoll,cmd:python3 examples/asyncio_echo.py {port}' --conns 100
  npm run bench -- --server epoll,threads --message-size uniform:1-4096 --lifetime exp:500ms

Lists are combined: every server with every number of connections. Exit code 3: a trial was invalid, failed or skipped.`;

export function echoCommand(program: Command): void {
  const command = program
    .command(NAME, { isDefault: true })
    .description('Measures server models under the echo workload (the default command).');
  addEchoOptions(command);
  command.optionsGroup('The experiment:');
  add(
    command,
    '--preset <name>',
    `named experiment: ${PRESET_NAMES.join(', ')}`,
    oneOf(PRESET_NAMES),
  );
  addStopping(command);
  add(command, '--resume <dir>', 'directory of an interrupted run to continue', existing);
  addOutputOptions(command)
    .addHelpText('after', EXAMPLES)
    .action(async (flags: Flags) => {
      process.exitCode = await echo(flags);
    });
}

async function echo(flags: Flags): Promise<number> {
  const machine = readMachine();
  if (flags.resume !== undefined) return resumeEcho(flags.resume, flags, machine);
  if (flags.preset !== undefined) refuseFixed(flags.preset, flags);
  const options = { ...(await echoOptions(flags)), stopping: stoppingOf(flags) };
  const parts = flags.preset === undefined ? [options] : partsOf(flags.preset, options);
  assertFree(options);
  return conduct({
    name: NAME,
    options: { ...options, preset: flags.preset ?? null },
    plan: planAll(parts, machine),
    perform: performOn(machine),
    output: flags,
    canResume: true,
  });
}

function resumeEcho(path: string, flags: Flags, machine: Machine): Promise<number> {
  refuseBesideResume(flags);
  return resume(path, flags, (name) => {
    if (name !== NAME)
      throw new UsageError(`--resume ${path}: a run of ${name}; allowed: a run of ${NAME}`);
    return performOn(machine);
  });
}

/** Throws UsageError for options that the preset sets. */
function refuseFixed(preset: string, flags: Flags): void {
  const fixed = fixedBy(preset);
  const why = `can't be combined with --preset ${preset}, which sets it`;
  refuse(flags, (name) => fixed.includes(name), why);
}
