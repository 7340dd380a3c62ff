/** The options of the client, for every command that runs one. Times in ns. */
import { randomInt } from 'node:crypto';
import type { Command } from 'commander';
import type { Lifetime } from '../../../lib/schema/lifetime.js';
import { allowedCpus, coreOf, parseCpuList, splitCpus } from '../../../lib/system/cpus.js';
import { add, addAlias, addAll, type OptionRow } from '../../cli/option.js';
import { UsageError } from '../../cli/usage-error.js';
import {
  cpuList,
  duration,
  lifetime,
  list,
  messageRate,
  oneOf,
  positiveDuration,
  wholeNumber,
} from '../../cli/values.js';
import type { ClientPool } from '../../plan/cell.js';
import { CLIENT_POOLS, MOST_THREADS } from '../../plan/client-shape.js';
import type { Service } from '../../services/service.js';
import { MOST_PROCESSES, refuseUnaffordable } from './client-limits.js';
import { CONGESTION } from './congestion.js';

const MOST_CONNECTIONS = 1_000_000;
/** Default warm-up, as a fraction of the duration, and its upper limit. */
const WARMUP_SHARE = 0.25;
const MOST_WARMUP_NS = 0.5e9;

/** As commander returns them. */
export interface ClientFlags {
  readonly conns: readonly number[];
  readonly idle: readonly number[];
  readonly repeat?: number;
  readonly duration?: number;
  readonly warmup?: number;
  readonly start: 'barrier' | 'immediate';
  readonly trials: number;
  readonly clientProcesses: number;
  readonly clientThreads?: number;
  readonly clientPool: ClientPool;
  readonly rate: readonly number[];
  readonly arrival: 'constant' | 'poisson';
  readonly lifetime: Lifetime;
  readonly perConnection: number;
  readonly retries: number;
  readonly timeout: number;
  readonly stall: number;
  readonly cap: number;
  readonly seed: number;
  readonly clientCpus?: readonly number[];
  readonly congestion?: string;
}

const CLOSED_LOOP = 0;

const CLIENT_DEFAULTS = {
  idle: [0],
  start: 'barrier',
  trials: 6,
  clientProcesses: 1,
  clientPool: 'loop',
  rate: [CLOSED_LOOP],
  arrival: 'constant',
  lifetime: { kind: 'none' },
  perConnection: 0,
  cap: 0,
} as const satisfies Omit<ClientFlags, 'seed' | 'conns' | 'retries' | 'timeout' | 'stall'>;

const MOST_SEED = 2 ** 31 - 1;

export const cpus = cpuList(parseCpuList);

function connectionsRow({ connections }: Service['defaults']): OptionRow {
  return [
    '-c, --conns <n,…>',
    `connections, all open at once (default: ${connections})`,
    list(wholeNumber(1, MOST_CONNECTIONS)),
  ];
}

function volumeRows({ repeat, durationNs }: Service['defaults']): OptionRow[] {
  const unlimited = repeat > 0 ? `${repeat}; unlimited with --duration` : 'unlimited';
  const lasting = durationNs > 0 ? ` (default: ${durationNs / 1e9}s; none with --repeat)` : '';
  return [
    [
      '--idle <n,…>',
      `connections that never send, opened first (default: ${CLIENT_DEFAULTS.idle})`,
      list(wholeNumber(0, MOST_CONNECTIONS)),
    ],
    ['--repeat <n>', `requests per connection (default: ${unlimited})`, wholeNumber(1, 1e9)],
    [
      '-d, --duration <time>',
      `length of the measured window, e.g. 2s; connections that close are replaced${lasting}`,
      positiveDuration,
    ],
  ];
}

function patienceRows({ timeoutNs, stallNs, retries }: Service['defaults']): OptionRow[] {
  const seconds = (ns: number) => (ns > 0 ? `${ns / 1e9}s` : 'none');
  return [
    [
      '--retries <n>',
      `attempts of a client after its connection failed, with growing delays from 100 ms to 5 s (default: ${retries})`,
      wholeNumber(0, 1000),
    ],
    [
      '--stall <time>',
      `time without progress after which a request fails, e.g. 5s (default: ${seconds(stallNs)})`,
      positiveDuration,
    ],
    [
      '--cap <time>',
      'time after which the traffic of a trial is ended, e.g. 180s; its cell is not tried again (default: none)',
      positiveDuration,
    ],
    [
      '--timeout <time>',
      `timeout of each connect and each answer (default: ${seconds(timeoutNs)})`,
      positiveDuration,
    ],
  ];
}

const TRAFFIC: readonly OptionRow[] = [
  [
    '--warmup <time>',
    'length of the traffic before the measured window, e.g. 500ms (default: a quarter of --duration, at most 500ms)',
    duration,
  ],
  [
    '-R, --rate <n,…>',
    'target rate of an open loop: requests per second of all connections together, e.g. 50000/s',
    list(messageRate),
  ],
  [
    '--arrival <how>',
    `distribution of the times between requests of an open loop: constant or poisson (default: ${CLIENT_DEFAULTS.arrival})`,
    oneOf(['constant', 'poisson'] as const),
  ],
  [
    '--start <when>',
    `first request: barrier, when all connections are open; immediate, when its own is open (default: ${CLIENT_DEFAULTS.start})`,
    oneOf(['barrier', 'immediate'] as const),
  ],
];

const CLIENT: readonly OptionRow[] = [
  [
    '--client-processes <n>',
    `client processes, up to ${MOST_PROCESSES}; more if the descriptor limit requires it (default: ${CLIENT_DEFAULTS.clientProcesses})`,
    wholeNumber(1, MOST_PROCESSES),
  ],
  [
    '-t, --client-threads <n>',
    `threads per client process, up to ${MOST_THREADS} (default: one per client CPU)`,
    wholeNumber(1, MOST_THREADS),
  ],
  [
    '--client-pool <loop|threads|processes>',
    'loop: --client-threads threads drive all clients; threads or processes: one for each client (default: loop)',
    oneOf(CLIENT_POOLS),
  ],
  [
    '--lifetime <time>',
    'lifetime of a connection: 5s, uniform:1s-10s, exp:5s (default: 0, unlimited)',
    lifetime,
  ],
  [
    '--per-connection <n>',
    'requests on one connection, after which its client takes a new one (default: unlimited)',
    wholeNumber(1, 1e9),
  ],
  [
    '--seed <n>',
    'random seed; the same seed gives the same order and requests (default: random, recorded in run.json)',
    wholeNumber(0, MOST_SEED),
  ],
  ['--client-cpus <list>', 'CPUs of the client, e.g. 1 or 2-3 (default: half of the CPUs)', cpus],
  CONGESTION,
];

/** `trials`: the command's default. */
export function addClientOptions(
  command: Command,
  { defaults }: Service,
  trials: number = CLIENT_DEFAULTS.trials,
): Command {
  command.optionsGroup('The load:');
  const connections = connectionsRow(defaults);
  add(command, ...connections);
  addAlias(command, '--clients', connections);
  addAll(command, [...volumeRows(defaults), ...TRAFFIC]);
  add(command, '--trials <n>', `trials per cell (default: ${trials})`, wholeNumber(1, 10_000));
  return addAll(command, [...CLIENT, ...patienceRows(defaults)]);
}

/** Throws UsageError for options that contradict each other. */
function refuseContradictions(given: Partial<ClientFlags>): void {
  const isPool = (given.clientPool ?? CLIENT_DEFAULTS.clientPool) !== 'loop';
  if (isPool && (given.clientProcesses ?? given.clientThreads) !== undefined)
    throw new UsageError(
      `--client-pool ${given.clientPool}: sets the processes and threads; allowed: without --client-processes and --client-threads`,
    );
  if (given.warmup !== undefined && given.duration === undefined)
    throw new UsageError('--warmup: needs --duration; with --repeat every request is measured');
  if (given.arrival !== undefined && given.rate === undefined)
    throw new UsageError('--arrival: needs --rate; a closed loop has no schedule');
}

/** Throws UsageError for options that contradict each other or ask for more than this machine has. */
export function clientOptions(given: Partial<ClientFlags>, { name, defaults, loads }: Service) {
  refuseContradictions(given);
  const flags: ClientFlags = {
    ...CLIENT_DEFAULTS,
    conns: [defaults.connections],
    retries: defaults.retries,
    timeout: defaults.timeoutNs,
    stall: defaults.stallNs,
    seed: randomInt(MOST_SEED),
    ...given,
  };
  refuseUnaffordable(flags);
  return {
    service: name,
    loads: loads(given),
    connections: flags.conns,
    idle: flags.idle,
    ...lengthOf(flags, defaults),
    start: flags.start,
    trials: flags.trials,
    stopping: { kind: 'blocks' as const },
    perConnection: flags.perConnection,
    retries: flags.retries,
    timeoutNs: flags.timeout,
    stallNs: flags.stall,
    rates: flags.rate,
    arrival: flags.arrival,
    lifetime: flags.lifetime,
    clientProcesses: flags.clientProcesses,
    clientThreads: flags.clientThreads ?? null,
    clientPool: flags.clientPool,
    clientCpus:
      usable('--client-cpus', flags.clientCpus) ?? splitCpus(allowedCpus(), coreOf).client,
    congestion: flags.congestion ?? null,
    seed: flags.seed,
  };
}

/** What ends the traffic. Throws UsageError for a cap beside a duration. */
function lengthOf(
  { repeat, duration, warmup, cap }: ClientFlags,
  defaults: Pick<Service['defaults'], 'repeat' | 'durationNs'>,
) {
  const durationNs = duration ?? (repeat === undefined ? defaults.durationNs : 0);
  if (cap > 0 && durationNs > 0)
    throw new UsageError('--cap: needs --repeat; with a duration the traffic is limited already');
  return {
    repeat: repeat ?? (durationNs > 0 ? 0 : defaults.repeat),
    durationNs,
    warmupNs: warmup ?? Math.min(durationNs * WARMUP_SHARE, MOST_WARMUP_NS),
    capNs: cap,
  };
}

/** Throws UsageError for a CPU that this process may not use. */
export function usable<T extends readonly number[] | undefined>(name: string, asked: T): T {
  const allowed = allowedCpus();
  const missing = asked?.find((cpu) => !allowed.includes(cpu));
  if (missing !== undefined)
    throw new UsageError(`${name} ${missing}: not available; allowed: ${allowed.join(', ')}`);
  return asked;
}
