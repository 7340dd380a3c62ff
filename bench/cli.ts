#!/usr/bin/env node
/** The command line: one file per command. */
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
import { UsageError } from './plan/usage-error.js';

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
Exit codes: 0 fine, 1 it broke, 2 bad usage, 3 a trial was invalid, failed or skipped, 99 --fail-if came out,
130 interrupted.`;

// A file that may not grow (ulimit -f) is an error of the write, and must not end the process.
process.on('SIGXFSZ', () => {});

// A reader that has gone (EPIPE) costs nothing that was measured: the run goes on, and its files are written.
let lost: string | undefined;
for (const stream of [process.stdout, process.stderr])
  stream.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code !== 'EPIPE') lost = code;
  });
process.once('exit', () => {
  if (lost === undefined) return;
  process.stderr.write(`c10k: the output couldn't be written: ${lost}\n`);
  process.exitCode ||= ExitCode.broken;
});

const program = new Command('c10k')
  .description(
    'How servers scale, settled by measurement: one client, one workload, every server model.',
  )
  .version(version, '--version')
  .addHelpText('after', EXAMPLES)
  .exitOverride()
  .configureOutput({
    outputError: (text, write) =>
      write(text.replace(/^error: (.*)\n/, 'c10k: $1; allowed: what --help tells of\n')),
  })
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
