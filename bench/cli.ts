#!/usr/bin/env node
/** The command line: one file per command. */
import { Command, CommanderError } from 'commander';
import { doctorCommand } from './commands/doctor.js';
import { echoCommand } from './commands/echo.js';
import { ExitCode } from './commands/exit-code.js';
import { loadCommand } from './commands/load.js';
import { modelsCommand } from './commands/models.js';
import { serveCommand } from './commands/serve.js';
import { UsageError } from './plan/usage-error.js';

const COMMANDS = [echoCommand, serveCommand, loadCommand, modelsCommand, doctorCommand];

const program = new Command('c10k')
  .description(
    'How servers scale, settled by measurement: one client, one workload, every server model.',
  )
  .exitOverride()
  .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'c10k: ')) })
  .showSuggestionAfterError(false);
for (const add of COMMANDS) add(program);

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = explain(error as Error);
}

/** One line, and the exit code that goes with it. */
function explain(error: Error): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.ok : ExitCode.usage; // said by commander already
  process.stderr.write(`c10k: ${oneLine(error)}\n`);
  return error instanceof UsageError ? ExitCode.usage : ExitCode.broken;
}

function oneLine({ message }: Error): string {
  return message.split('\n', 1)[0] ?? '';
}
