#!/usr/bin/env node
import { ExitCode } from './cli/exit-code.js';
/** Entry point: signal handlers, output errors and the exit code. */
import { execute } from './cli/program.js';
import { COMMANDS } from './commands/registry.js';

// At the file size limit (ulimit -f) the write fails with an error; the signal must not end the process.
process.on('SIGXFSZ', () => {});

// EPIPE: the reader of the output closed it. The run continues, because its results also go to files.
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
