/** `serve`: runs one server until Ctrl-C and lists its connections. */

import type { Command } from 'commander';
import type { ServerRow } from '../../lib/account/server-rows.js';
import { readMachine } from '../../lib/catalog/ceilings.js';
import { firstObstacle } from '../../lib/catalog/fits.js';
import { modelNamed, type ServerModel } from '../../lib/catalog/models.js';
import type { Timeouts } from '../../lib/server/running.js';
import type { Accept, Server } from '../../lib/server/server.js';
import { startServer } from '../../lib/server/start.js';
import { ExitCode } from '../cli/exit-code.js';
import { add } from '../cli/option.js';
import { UsageError } from '../cli/usage-error.js';
import { oneOf, positiveDuration, wholeNumber } from '../cli/values.js';
import { interruption } from '../experiment/interruption.js';
import { obstacleInWords } from '../report/text/obstacles.js';
import { claimDirectory, defaultDirectory } from '../store/run-directory.js';
import type { TransferCount } from '../store/transfer-list.js';
import { bytes, whole } from '../text/format.js';
import { collectRows } from './collect-rows.js';
import { exposureWarning } from './exposure.js';
import { CONGESTION } from './options/congestion.js';
import { servedBy } from './options/served.js';
import {
  addServerOptions,
  assertFree,
  SERVER_CHOICES,
  type ServerFlags,
  serverOptions,
} from './options/server.js';
import { addServiceOptions, type ServiceFlags } from './options/service.js';
import {
  addOutputOptions,
  type OutputFlags,
  openLog,
  openOutput,
  refuseWithoutRows,
  type ServeOutput,
  type ServeTotals,
} from './serve-output.js';

const DEFAULT_PORT = 10_000;

interface Flags extends Partial<ServerFlags>, ServiceFlags, OutputFlags {
  readonly server?: string;
  readonly workers?: number;
  readonly idleTimeout?: number;
  readonly writeTimeout?: number;
  readonly congestion?: string;
}

const HALVES = ['server'] as const;

const EXAMPLES = `
Examples:
  npm run bench -- serve --server epoll --port 10000
  npm run bench -- serve --server thread-pool --workers 20 --host 0.0.0.0 --output results/mine

  npm run bench -- serve --server epoll --log - --names

A connection's row is in server.csv within a second after it closes, and on the disk: a crash loses at most the last
second. Ctrl-C stops the server, adds the rows of
connections that are still open, writes hosts.csv (one row per client host) and prints the totals.`;

export function serveCommand(program: Command): void {
  const command = program.command('serve').description('Runs only a server, until Ctrl-C.');
  const models = SERVER_CHOICES.filter((name) => name !== 'all');
  addServerOptions(command, DEFAULT_PORT);
  add(command, '--server <name>', 'server model (default: epoll)', oneOf(models));
  const workers = wholeNumber(1, 1024);
  add(command, '--workers <n>', 'number of loops, pool threads or pool processes', workers);
  add(
    command,
    '--idle-timeout <time>',
    'time without received data after which a connection is closed, e.g. 30s (default: never)',
    positiveDuration,
  );
  add(
    command,
    '--write-timeout <time>',
    'time without progress in sending after which a connection is closed, e.g. 30s (default: never)',
    positiveDuration,
  );
  add(command, ...CONGESTION);
  addServiceOptions(command, HALVES);
  addOutputOptions(command)
    .addHelpText('after', EXAMPLES)
    .action(async (flags: Flags) => {
      process.exitCode = await serve(flags);
    });
}

async function serve(flags: Flags): Promise<number> {
  const model = modelNamed(flags.server ?? 'epoll');
  const workers = flags.workers ?? model.defaultWorkers;
  const { processes, serverCpus, ...listening } = await serverOptions(flags, DEFAULT_PORT);
  const { service, listsTransfers } = servedBy(flags, HALVES);
  const output = flags.output ?? defaultDirectory('serve', new Date());
  refuseImpossible(model, listening.accept);
  assertFree(listening);
  if (!model.accounts) refuseWithoutRows(flags, model.name);
  await claimDirectory(output);
  const log = await openLog(flags);
  const stop = interruption();
  const server = await startServer({
    ...listening,
    model: model.name,
    service,
    processes: processes * (model.workers === 'processes' ? workers : 1),
    loops: model.workers === 'threads' ? workers : 1,
    cpus: serverCpus,
    congestion: flags.congestion,
    ...timeoutsOf(model, flags),
    listsOpenings: log !== null,
    listsTransfers,
  });
  try {
    const lists = { log, transfers: listsTransfers };
    const files = model.accounts ? await openOutput(output, server.started, lists, flags) : null;
    announce(server, flags);
    await attend(server, files, output, stop.signal);
    return ExitCode.ok;
  } catch (error) {
    server.kill();
    throw error;
  } finally {
    stop.release();
  }
}

/**
 * Runs until `stop` or until a part of the server dies; then rejects with its error after writing all files. `files`:
 * null if the server keeps no rows.
 */
async function attend(
  server: Server,
  files: ServeOutput | null,
  output: string,
  stop: AbortSignal,
): Promise<void> {
  try {
    const keep = async (rows: readonly ServerRow[]) => files?.append(rows, server.takeTransfers());
    const failure = await collectRows(server, keep, stop);
    if (files) process.stdout.write(summary(await files.finish(), output, failure !== undefined));
    else process.stdout.write('this server keeps no list of its connections\n');
    if (failure) throw failure;
  } finally {
    await files?.close();
  }
}

function announce(server: Server, { idleTimeout }: Flags): void {
  process.stdout.write(`listening on ${at(server)}\n`);
  const warning = exposureWarning(server.address, idleTimeout);
  if (warning !== null) process.stderr.write(`warning: ${warning}\n`);
}

function at({ address, port }: Server): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

function timeoutsOf({ name, accounts }: ServerModel, flags: Flags): Timeouts {
  const { idleTimeout = 0, writeTimeout = 0 } = flags;
  if (!accounts && (idleTimeout > 0 || writeTimeout > 0))
    throw new UsageError(`--idle-timeout and --write-timeout: not supported by --server ${name}`);
  return { idleTimeoutNs: idleTimeout, writeTimeoutNs: writeTimeout };
}

/** Throws if this model can't serve a single connection here. The number of clients isn't known beforehand. */
function refuseImpossible({ name, limits }: ServerModel, accept: Accept): void {
  const demand = { connections: 1, idle: 0, processes: 1, loops: 1, backlog: 1, barrier: false };
  const obstacle = firstObstacle(limits, { ...demand, accept }, readMachine());
  if (obstacle !== null) throw new Error(`--server ${name}: ${obstacleInWords(obstacle)}`);
}

/** `incomplete`: a process died, and its last rows are lost. */
function summary(totals: ServeTotals, output: string, incomplete: boolean): string {
  const { connections, hosts, requests, bytesIn, bytesOut, transfers } = totals;
  return [
    `connections  ${whole(connections)} from ${whole(hosts)} ${hosts === 1 ? 'host' : 'hosts'}`,
    `requests     ${whole(requests)}`,
    ...(transfers ? [`transfers    ${transfersInWords(transfers)}`] : []),
    `bytes in     ${bytes(bytesIn)}`,
    `bytes out    ${bytes(bytesOut)}`,
    ...(incomplete
      ? [
          'incomplete   without connections that the dead process had open or closed in its last second',
        ]
      : []),
    `files        ${output}`,
    '',
  ].join('\n');
}

function transfersInWords({ transfers, unrecorded }: TransferCount): string {
  return unrecorded === 0
    ? whole(transfers)
    : `${whole(transfers)}, ${whole(unrecorded)} not recorded`;
}
