/** The options of the server's half, for every command that has one. */
import { lookup } from 'node:dns/promises';
import type { Command } from 'commander';
import { CATALOG, MODEL_NAMES } from '../../lib/catalog.js';
import { allowedCpus, coreOf, splitCpus } from '../../lib/system/cpus.js';
import { UsageError } from '../plan/usage-error.js';
import { port, wholeNumber } from '../plan/values.js';
import { add, cpus, usable } from './client-options.js';

export interface ServerFlags {
  readonly processes: number;
  readonly host: string;
  readonly port: number;
  readonly backlog: number;
  readonly serverCpus?: readonly number[];
}

const MOST_BACKLOG = 65_535;
export const DEFAULT_BACKLOG = 4096;

export function addServerOptions(command: Command, defaultPort: number): Command {
  command.optionsGroup('The server:');
  add(
    command,
    '--processes <n>',
    'server processes on one listener (default: 1)',
    wholeNumber(1, 1024),
  );
  add(command, '--host <address>', 'to listen on (default: 127.0.0.1)', String);
  add(command, '--port <n>', `to listen on (default: ${defaultPort || 'any that is free'})`, port);
  add(
    command,
    '--backlog <n>',
    'of the listener, cut to somaxconn (default: 4096)',
    wholeNumber(1, MOST_BACKLOG),
  );
  return add(
    command,
    '--server-cpus <list>',
    "the server's CPUs: 0, 0-1 (default: half of them)",
    cpus,
  );
}

export async function serverOptions(given: Partial<ServerFlags>, defaultPort: number) {
  return {
    processes: given.processes ?? 1,
    host: await numericAddress('--host', given.host ?? '127.0.0.1'),
    port: given.port ?? defaultPort,
    backlog: given.backlog ?? DEFAULT_BACKLOG,
    serverCpus:
      usable('--server-cpus', given.serverCpus) ?? splitCpus(allowedCpus(), coreOf).server,
  };
}

/** A name's address; throws UsageError if it has none. */
export async function numericAddress(option: string, host: string): Promise<string> {
  try {
    return (await lookup(host)).address;
  } catch {
    throw new UsageError(`${option} ${host}: not an address, nor a name that has one`);
  }
}

/** `all`, or the names of models; throws UsageError. */
export function serverNames(names: readonly string[]): readonly string[] {
  if (!names.includes('all')) return names;
  if (names.length > 1) throw new UsageError('--server all: stands alone; allowed: all, or a list');
  return CATALOG.map((model) => model.name);
}

export const SERVER_CHOICES = ['all', ...MODEL_NAMES] as const;
