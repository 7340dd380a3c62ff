/** Builds the program from its commands: version, help, errors and their exit codes. */
import { createRequire } from 'node:module';
import { Command, CommanderError } from 'commander';
import { ExitCode } from './exit-code.js';
import { shown, UsageError } from './usage-error.js';

const { version } = createRequire(import.meta.url)('../../../package.json') as { version: string };

const EXAMPLES = `
Examples:
  npm run bench -- doctor
  npm run bench -- --server epoll --conns 5000 --repeat 20
  npm run bench -- --server all --conns 500 --trials 1

Options of a command: npm run bench -- ramp --help
Exit codes: 0 success, 1 error, 2 invalid usage, 3 a trial was invalid, failed or skipped, 99 a --fail-if condition was
met, 130 interrupted.`;

/** Adds a command to the program. */
export type AddCommand = (program: Command) => void;

/** Runs the command that the arguments name. Returns the exit code of an error; undefined if there was none. */
export async function execute(
  commands: readonly AddCommand[],
  args: readonly string[],
  writeError: (text: string) => void,
): Promise<number | undefined> {
  try {
    await programOf(commands, writeError).parseAsync(args, { from: 'user' });
    return undefined;
  } catch (error) {
    return explain(error as Error, writeError);
  }
}

function programOf(commands: readonly AddCommand[], writeError: (text: string) => void): Command {
  const program = new Command('c10k')
    .description(
      'Measures how server models scale: the same client and the same workload for every model.',
    )
    .version(version, '--version')
    .addHelpText('after', EXAMPLES)
    .exitOverride()
    .configureOutput({
      writeErr: writeError,
      outputError: (text, write) => write(text.replace(/^error: (.*)\n/, 'c10k: $1; see --help\n')),
    })
    .showSuggestionAfterError(false);
  for (const add of commands) add(program);
  for (const command of program.commands) command.allowExcessArguments();
  return program.hook('preAction', (_, command) => refuseExcess(command));
}

/** Commander's own error has only the number of excess arguments, not the argument. */
function refuseExcess(command: Command): void {
  if (command.registeredArguments.at(-1)?.variadic) return;
  const excess = command.args[command.registeredArguments.length];
  if (excess !== undefined)
    throw new UsageError(`${shown(excess)}: not an argument of ${command.name()}; see --help`);
}

/** Writes the error as one line; returns its exit code. */
function explain(error: Error, writeError: (text: string) => void): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.ok : ExitCode.usage; // commander has already written it
  writeError(`c10k: ${oneLine(error)}\n`);
  return error instanceof UsageError ? ExitCode.usage : ExitCode.broken;
}

function oneLine({ message }: Error): string {
  return message.split('\n', 1)[0] ?? '';
}
