/** Programs in C for `cmd:` servers, compiled for a test. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startCommand } from '../../lib/server/command.js';
import type { Server } from '../../lib/server/server.js';
import { allowedCpus } from '../../lib/system/cpus.js';
import { ECHO } from './services.js';

/** The address that these programs listen on. */
export const LOOPBACK = '127.0.0.1';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Why a program can't be used here; false if it can, as the option `skip` takes it. */
export function missing(program: string): string | false {
  const { status } = spawnSync('/bin/sh', ['-c', `command -v ${program}`]);
  return status === 0 ? false : `${program} is not installed`;
}

/** The path of the program made from a source of this repository: `examples/fork_echo.c`. */
export function compiled(directory: string, source: string): string {
  const program = join(directory, source.replace(/.*\/|\.c$/g, ''));
  const options = ['-O2', '-pthread', '-o', program, join(root, source)];
  const { status, stderr } = spawnSync('cc', options, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`cc ${source}: ${stderr}`);
  return program;
}

/** `line` as a server, in a control group unless `makeGroup` refuses one. */
export async function serveProgram(
  t: { teardown(end: () => void): void },
  line: string,
  makeGroup?: Parameters<typeof startCommand>[1],
): Promise<Server> {
  const spec = { service: ECHO, host: LOOPBACK, port: 0, backlog: 512, processes: 1, loops: 1 };
  const server = await startCommand(
    { ...spec, model: `cmd:${line}`, cpus: allowedCpus() },
    makeGroup,
  );
  t.teardown(() => server.kill());
  return server;
}
