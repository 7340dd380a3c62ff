/** `serve`: one server until Ctrl-C, then its list of clients. */
import { join } from 'node:path';
import type { Command } from 'commander';
import { modelNamed, SERVICES, type ServerModel } from '../../lib/catalog.js';
import { readMachine } from '../../lib/ceilings.js';
import { firstReason } from '../../lib/fits.js';
import { type Accept, type Server, startServer } from '../../lib/server/server.js';
import type { ServerRow } from '../../lib/server/table.js';
import { directory, oneOf, wholeNumber } from '../plan/values.js';
import { bytes, whole } from '../report/format.js';
import { byHost, hostTable } from '../store/hosts.js';
import { claimDirectory, defaultDirectory, writeChunks } from '../store/run-directory.js';
import { serverTable } from '../store/tables.js';
import { add } from './client-options.js';
import { ExitCode } from './exit-code.js';
import { interruption } from './interruption.js';
import {
  addServerOptions,
  assertFree,
  SERVER_CHOICES,
  type ServerFlags,
  serverOptions,
} from './server-options.js';

const DEFAULT_PORT = 10_000;
/** At whether its loops still serve. */
const LOOK_EVERY_MS = 1000;

interface Flags extends Partial<ServerFlags> {
  readonly server?: string;
  readonly service?: string;
  readonly workers?: number;
  readonly output?: string;
}

const EXAMPLES = `
Examples:
  npm run bench -- serve --server epoll --port 10000
  npm run bench -- serve --server thread-pool --workers 20 --host 0.0.0.0 --output results/mine

Ctrl-C stops it, prints its totals and writes server.csv (a row per connection) and hosts.csv (a row per client host).`;

export function serveCommand(program: Command): void {
  const command = program.command('serve').description('One server alone, until Ctrl-C.');
  const models = SERVER_CHOICES.filter((name) => name !== 'all');
  addServerOptions(command, DEFAULT_PORT);
  add(command, '--server <name>', 'the model (default: epoll)', oneOf(models));
  add(command, '--service <name>', 'what it does (default: echo)', oneOf(SERVICES));
  const workers = wholeNumber(1, 1024);
  add(command, '--workers <n>', 'loops, pool threads or pool processes', workers);
  command.optionsGroup('The results:');
  add(
    command,
    '--output <dir>',
    'for server.csv and hosts.csv (default: results/TIME-serve)',
    directory,
  )
    .addHelpText('after', EXAMPLES)
    .action(async (flags: Flags) => {
      process.exitCode = await serve(flags);
    });
}

async function serve(flags: Flags): Promise<number> {
  const model = modelNamed(flags.server ?? 'epoll');
  const workers = flags.workers ?? model.defaultWorkers;
  const { processes, serverCpus, ...listening } = await serverOptions(flags, DEFAULT_PORT);
  const output = flags.output ?? defaultDirectory('serve', new Date());
  refuseImpossible(model, listening.accept);
  assertFree(listening);
  await claimDirectory(output);
  const stop = interruption();
  const server = await startServer({
    ...listening,
    model: model.name,
    service: flags.service ?? 'echo',
    processes: processes * (model.workers === 'processes' ? workers : 1),
    loops: model.workers === 'threads' ? workers : 1,
    cpus: serverCpus,
  });
  process.stdout.write(`listening on ${at(server)}\n`);
  const failure = await untilStopped(server, stop.signal);
  if (failure) throw failure;
  const rows = await server.stop();
  stop.release();
  if (model.accounts) await report(rows, server.started, output);
  else process.stdout.write(`${model.name} keeps no account of its connections\n`);
  return ExitCode.ok;
}

function at({ address, port }: Server): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** Why this model can serve nobody here; how many it can serve is left to who connects. */
function refuseImpossible({ name, limits }: ServerModel, accept: Accept): void {
  const demand = { connections: 1, idle: 0, processes: 1, loops: 1, backlog: 1, barrier: false };
  const reason = firstReason(limits, { ...demand, accept }, readMachine());
  if (reason !== null) throw new Error(`--server ${name}: ${reason}`);
}

/** Undefined when it was asked to stop; an error when a loop or a process of the server died. */
async function untilStopped(server: Server, signal: AbortSignal): Promise<Error | undefined> {
  let look: NodeJS.Timeout | undefined;
  const failed = new Promise<Error>((resolve) => {
    look = setInterval(() => server.snapshot().catch(resolve), LOOK_EVERY_MS);
  });
  const stopped = new Promise<undefined>((resolve) =>
    signal.addEventListener('abort', () => resolve(undefined)),
  );
  const failure = await Promise.race([server.ended, failed, stopped]);
  clearInterval(look);
  return failure;
}

async function report(rows: readonly ServerRow[], started: number, output: string): Promise<void> {
  const hosts = await byHost(rows);
  await writeChunks(join(output, 'server.csv'), serverTable(rows, started));
  await writeChunks(join(output, 'hosts.csv'), [hostTable(hosts)]);
  const total = (get: (row: ServerRow) => number) => rows.reduce((sum, row) => sum + get(row), 0);
  process.stdout.write(
    `${[
      `connections  ${whole(rows.length)} from ${whole(hosts.length)} ${hosts.length === 1 ? 'host' : 'hosts'}`,
      `requests     ${whole(total((row) => row.requests))}`,
      `bytes in     ${bytes(total((row) => row.bytesIn))}`,
      `bytes out    ${bytes(total((row) => row.bytesOut))}`,
      `files        ${output}`,
    ].join('\n')}\n`,
  );
}
