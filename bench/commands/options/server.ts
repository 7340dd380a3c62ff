/** The options of the server, for every command that runs one. */
import { lookup } from 'node:dns/promises';
import type { Command } from 'commander';
import { MODEL_NAMES } from '../../../lib/catalog/models.js';
import { isCommand } from '../../../lib/catalog/programs.js';
import { native } from '../../../lib/native.js';
import { ACCEPT, type Accept } from '../../../lib/server/server.js';
import { listen } from '../../../lib/server/start.js';
import { allowedCpus, coreOf, splitCpus } from '../../../lib/system/cpus.js';
import { add } from '../../cli/option.js';
import { refuse, shown, UsageError } from '../../cli/usage-error.js';
import { hostName, list, oneOf, port, wholeNumber } from '../../cli/values.js';
import { cpus, usable } from './client.js';

export interface ServerFlags {
  readonly serverProcesses: number;
  readonly host: string;
  readonly port: number;
  readonly backlog: number;
  readonly accept: Accept;
  readonly serverCpus?: readonly number[];
}

const MOST_BACKLOG = 65_535;
export const DEFAULT_BACKLOG = 4096;

export function addServerOptions(command: Command, defaultPort: number): Command {
  command.optionsGroup('The server:');
  add(
    command,
    '--server-processes <n>',
    'server processes that share one listener (default: 1)',
    wholeNumber(1, 1024),
  );
  add(command, '--host <address>', 'address to listen on (default: 127.0.0.1)', hostName);
  add(
    command,
    '--port <n>',
    `port to listen on (default: ${defaultPort || 'any free port'})`,
    port,
  );
  add(
    command,
    '--backlog <n>',
    `length of the accept queue, limited by somaxconn (default: ${DEFAULT_BACKLOG})`,
    wholeNumber(1, MOST_BACKLOG),
  );
  add(
    command,
    '--accept <how>',
    'listeners of the loops: shared, one for all; reuseport, one each (default: shared)',
    oneOf(ACCEPT),
  );
  return add(
    command,
    '--server-cpus <list>',
    'CPUs of the server, e.g. 0 or 0-1 (default: half of the CPUs)',
    cpus,
  );
}

export async function serverOptions(given: Partial<ServerFlags>, defaultPort: number) {
  return {
    processes: given.serverProcesses ?? 1,
    host: await numericAddress('--host', given.host ?? '127.0.0.1'),
    port: given.port ?? defaultPort,
    backlog: given.backlog ?? DEFAULT_BACKLOG,
    accept: given.accept ?? ('shared' as const),
    serverCpus:
      usable('--server-cpus', given.serverCpus) ?? splitCpus(allowedCpus(), coreOf).server,
  };
}

/** Throws before the first trial if the port is in use, because every trial would fail. */
export function assertFree({
  host,
  port,
  backlog,
}: Pick<ServerFlags, 'host' | 'port' | 'backlog'>) {
  native.close(listen(host, port, backlog).fd);
}

/** The address of a host name; throws UsageError if it has none. */
export async function numericAddress(option: string, host: string): Promise<string> {
  try {
    return (await lookup(host)).address;
  } catch {
    throw new UsageError(
      `${option} ${shown(host)}: no address found; allowed: an address or a name that resolves to one`,
    );
  }
}

/** Expands `all`; throws UsageError for a server that is named twice. */
export function serverNames(names: readonly string[]): readonly string[] {
  const all = names.flatMap((name) => (name === 'all' ? MODEL_NAMES : [name]));
  const twice = all.find((name, i) => all.indexOf(name) !== i);
  if (twice !== undefined)
    throw new UsageError(`--server ${shown(twice)}: named twice; allowed: each server once`);
  return all;
}

/** Names separated by commas; `cmd:` takes the rest of the text, because commands may contain commas. */
export function serverList(text: string): readonly string[] {
  const start = text.search(/(^|,)cmd:/);
  if (start < 0) return list(oneOf(SERVER_CHOICES))(text);
  const models = start === 0 ? [] : list(oneOf(SERVER_CHOICES))(text.slice(0, start));
  return [...models, checkedProgram(text.slice(start).replace(/^,/, ''))];
}

/** One model, or one program. */
export function oneServer(text: string): string {
  return isCommand(text) ? checkedProgram(text) : oneOf(MODEL_NAMES)(text);
}

function checkedProgram(program: string): string {
  if (!program.includes('{port}')) refuse(program, 'no {port}', 'cmd:PROGRAM … {port}');
  if (/[\r\n]/.test(program)) refuse(program, 'contains a line break', 'one line');
  return program;
}

export const SERVER_CHOICES = ['all', ...MODEL_NAMES] as const;
