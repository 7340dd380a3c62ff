#!/usr/bin/env node
import { ExitCode } from './cli/exit-code.js';
/** The command line as a process: its signals, its streams, its exit code. */
import { execute } from './cli/program.js';
import { COMMANDS } from './commands/registry.js';

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

const code = await execute(COMMANDS, process.argv.slice(2), (text) => process.stderr.write(text));
if (code !== undefined) process.exitCode = code;
