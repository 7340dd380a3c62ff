/** The options of every command that runs servers under load: servers, server side and client side. */
import type { Command } from 'commander';
import { CONTROL } from '../../../lib/catalog/models.js';
import { add, addList } from '../../cli/option.js';
import { UsageError } from '../../cli/usage-error.js';
import { list, oneOf, wholeNumber } from '../../cli/values.js';
import type { ExperimentOptions } from '../../plan/plan.js';
import type { Service } from '../../services/service.js';
import { addClientOptions, type ClientFlags, clientOptions } from './client.js';
import { refuseForPrograms } from './congestion.js';
import {
  addServerOptions,
  oneServer,
  type ServerFlags,
  serverList,
  serverNames,
  serverOptions,
} from './server.js';

export interface ExperimentFlags extends Partial<ClientFlags>, Partial<ServerFlags> {
  readonly server?: readonly string[];
  readonly workers?: readonly number[];
  readonly slices?: 'on' | 'off';
  readonly control?: string;
}

/** 0: any free port. */
const ANY_PORT = 0;

/** `trials`: the command's default. */
export function addExperimentOptions(command: Command, service: Service, trials?: number): void {
  addServerOptions(command, ANY_PORT);
  addList(
    command,
    '--server <name,…>',
    "server models, all, or 'cmd:PROGRAM … {port}'; may be repeated (default: epoll)",
    serverList,
  );
  add(
    command,
    '--workers <n,…>',
    'number of loops, pool threads or pool processes (default: 1; pools: 8)',
    list(wholeNumber(1, 1024)),
  );
  addClientOptions(command, service, trials);
  add(
    command,
    '--slices <on|off>',
    'with --duration: alternate with the baseline in slices, or measure without interruption (default: on)',
    oneOf(['on', 'off'] as const),
  );
  add(
    command,
    '--control <name>',
    "baseline: a model or 'cmd:PROGRAM … {port}', with its default workers (default: control)",
    oneServer,
  );
}

/** Throws UsageError for options that contradict each other. */
export async function experimentOptions(
  flags: ExperimentFlags,
  service: Service,
): Promise<ExperimentOptions> {
  if (flags.slices === 'on' && flags.duration === undefined)
    throw new UsageError('--slices on: needs --duration');
  const servers = serverNames(flags.server ?? ['epoll']);
  const control = flags.control ?? CONTROL;
  refuseForPrograms(flags.congestion, [...servers, control]);
  return {
    servers,
    workers: flags.workers ?? null,
    slices: flags.slices ?? 'on',
    control,
    ...clientOptions(flags, service),
    ...(await serverOptions(flags, ANY_PORT)),
  };
}
