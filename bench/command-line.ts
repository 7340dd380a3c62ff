/** Every command under one name: what `cli.ts` runs, and what a test can run without a process. */
import { createRequire } from 'node:module';
import { Command, CommanderError } from 'commander';
import { compareCommand } from './commands/compare.js';
import { doctorCommand } from './commands/doctor.js';
import { echoCommand } from './commands/echo.js';
import { ExitCode } from './commands/exit-code.js';
import { loadCommand } from './commands/load.js';
import { modelsCommand } from './commands/models.js';
import { rampCommand } from './commands/ramp.js';
import { reconcileCommand } from './commands/reconcile.js';
import { reportCommand } from './commands/report.js';
import { serveCommand } from './commands/serve.js';
import { shown, UsageError } from './plan/usage-error.js';

const COMMANDS = [
  echoCommand,
  serveCommand,
  loadCommand,
  rampCommand,
  compareCommand,
  reconcileCommand,
  reportCommand,
  modelsCommand,
  doctorCommand,
];

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };

const EXAMPLES = `
Examples:
  npm run bench -- doctor
  npm run bench -- --server epoll --conns 5000 --repeat 20
  npm run bench -- --server all --conns 500 --trials 1

Options of a command: npm run bench -- echo --help
Exit codes: 0 fine, 1 it broke, 2 bad usage, 3 a trial was invalid, failed or skipped, 99 a --fail-if condition was met,
130 interrupted.`;

/** Runs the command that the arguments name. Gives the exit code of an error that ended it; undefined: none did. */
export async function execute(
  args: readonly string[],
  writeError: (text: string) => void,
): Promise<number | undefined> {
  try {
    await programOf(writeError).parseAsync(args, { from: 'user' });
    return undefined;
  } catch (error) {
    return explain(error as Error, writeError);
  }
}

function programOf(writeError: (text: string) => void): Command {
  const program = new Command('c10k')
    .description(
      'How servers scale, settled by measurement: one client, one workload, every server model.',
    )
    .version(version, '--version')
    .addHelpText('after', EXAMPLES)
    .exitOverride()
    .configureOutput({
      writeErr: writeError,
      outputError: (text, write) => write(text.replace(/^error: (.*)\n/, 'c10k: $1; see --help\n')),
    })
    .showSuggestionAfterError(false);
  for (const add of COMMANDS) add(program);
  for (const command of program.commands) command.allowExcessArguments();
  return program.hook('preAction', (_, command) => refuseExcess(command));
}

/** Commander tells only how many there are. */
function refuseExcess(command: Command): void {
  if (command.registeredArguments.at(-1)?.variadic) return;
  const excess = command.args[command.registeredArguments.length];
  if (excess !== undefined)
    throw new UsageError(`${shown(excess)}: not an argument of ${command.name()}; see --help`);
}

/** One line, and the exit code that goes with it. */
function explain(error: Error, writeError: (text: string) => void): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.ok : ExitCode.usage; // said by commander already
  writeError(`c10k: ${oneLine(error)}\n`);
  return error instanceof UsageError ? ExitCode.usage : ExitCode.broken;
}

function oneLine({ message }: Error): string {
  return message.split('\n', 1)[0] ?? '';
}
