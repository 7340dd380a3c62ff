/** The options of the client's half, for every command that has one. Times in ns. */
import { randomInt } from 'node:crypto';
import type { Command } from 'commander';
import { allowedCpus, coreOf, parseCpuList, splitCpus } from '../../../lib/system/cpus.js';
import type { Lifetime, Message } from '../../../lib/workload.js';
import { UsageError } from '../../cli/usage-error.js';
import {
  cpuList,
  duration,
  lifetime,
  list,
  messageRate,
  messageSize,
  messageText,
  oneOf,
  positiveDuration,
  wholeNumber,
} from '../../cli/values.js';
import { meanBytes } from '../../plan/plan.js';
import { add, addAll, type OptionRow } from './option.js';

const MOST_CONNECTIONS = 1_000_000;
const DEFAULT_REPEAT = 20;
const DEFAULT_TEXT = 'This is the payload';
/** Part of a duration that the warm-up takes before it, at most so long. */
const WARMUP_SHARE = 0.25;
const MOST_WARMUP_NS = 0.5e9;

/** As commander gives them. */
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
  readonly rate: readonly number[];
  readonly arrival: 'constant' | 'poisson';
  readonly lifetime: Lifetime;
  readonly message?: Message;
  readonly messageSize?: readonly Message[];
  readonly timeout: number;
  readonly seed: number;
  readonly clientCpus?: readonly number[];
}

const CLOSED_LOOP = 0;

const CLIENT_DEFAULTS = {
  conns: [1000],
  idle: [0],
  start: 'barrier',
  trials: 6,
  clientProcesses: 1,
  rate: [CLOSED_LOOP],
  arrival: 'constant',
  lifetime: { kind: 'none' },
  timeout: 10e9,
} as const satisfies Omit<ClientFlags, 'seed'>;

const MOST_SEED = 2 ** 31 - 1;

export const cpus = cpuList(parseCpuList);

const TRAFFIC: readonly OptionRow[] = [
  [
    '-c, --conns <n,…>',
    `connections, all open at once (default: ${CLIENT_DEFAULTS.conns})`,
    list(wholeNumber(1, MOST_CONNECTIONS)),
  ],
  [
    '--idle <n,…>',
    `connections that never send, opened first (default: ${CLIENT_DEFAULTS.idle})`,
    list(wholeNumber(0, MOST_CONNECTIONS)),
  ],
  [
    '--repeat <n>',
    `messages per connection (default: ${DEFAULT_REPEAT}; unlimited with --duration)`,
    wholeNumber(1, 1e9),
  ],
  [
    '-d, --duration <time>',
    'length of the measured window, e.g. 2s; closed connections are replaced',
    positiveDuration,
  ],
  [
    '--warmup <time>',
    'traffic before the measured duration (default: a quarter, at most 500ms)',
    duration,
  ],
  [
    '-R, --rate <n,…>',
    'open loop: messages per second of all connections together, on a fixed schedule',
    list(messageRate),
  ],
  [
    '--arrival <how>',
    `times between them: constant or poisson (default: ${CLIENT_DEFAULTS.arrival})`,
    oneOf(['constant', 'poisson'] as const),
  ],
  [
    '--start <when>',
    `barrier: nobody sends before all are open; immediate: each at once (default: ${CLIENT_DEFAULTS.start})`,
    oneOf(['barrier', 'immediate'] as const),
  ],
];

const CLIENT: readonly OptionRow[] = [
  [
    '--client-processes <n>',
    `client processes, more if descriptors demand it (default: ${CLIENT_DEFAULTS.clientProcesses})`,
    wholeNumber(1, 256),
  ],
  ['-t, --client-threads <n>', "threads in each (default: the client's CPUs)", wholeNumber(1, 256)],
  [
    '--lifetime <time>',
    'how long a connection lives: 5s, uniform:1s-10s, exp:5s (default: 0)',
    lifetime,
  ],
  ['--message <text>', `the text of each message (default: ${DEFAULT_TEXT})`, messageText],
  ['--message-size <bytes,…>', 'generated text instead: 19, uniform:1-4096', list(messageSize)],
  ['--timeout <time>', 'for each connect and each answer (default: 10s)', positiveDuration],
  [
    '--seed <n>',
    'random seed; the same seed repeats the order and the messages of a run (default: a new one, recorded in run.json)',
    wholeNumber(0, MOST_SEED),
  ],
  ['--client-cpus <list>', "the client's CPUs: 1, 2-3 (default: half of them)", cpus],
];

/** `trials`: the number that the command makes by default. */
export function addClientOptions(
  command: Command,
  trials: number = CLIENT_DEFAULTS.trials,
): Command {
  command.optionsGroup('The load:');
  addAll(command, TRAFFIC);
  add(command, '--trials <n>', `trials per cell (default: ${trials})`, wholeNumber(1, 10_000));
  return addAll(command, CLIENT);
}

/** Throws UsageError for options that contradict each other. */
function refuseContradictions(given: Partial<ClientFlags>): void {
  if (given.warmup !== undefined && given.duration === undefined)
    throw new UsageError('--warmup: needs --duration; with --repeat every message is measured');
  if (given.arrival !== undefined && given.rate === undefined)
    throw new UsageError('--arrival: needs --rate; a closed loop has no schedule');
  if (given.message !== undefined && given.messageSize !== undefined)
    throw new UsageError('--message-size: not together with --message; allowed: one of them');
  const means = (given.messageSize ?? []).map(meanBytes);
  const twice = means.find((mean, i) => means.indexOf(mean) !== i);
  if (twice !== undefined)
    throw new UsageError(
      `--message-size: ${twice} bytes on average twice, which no table could tell apart; allowed: different means`,
    );
}

/** Throws UsageError for options that contradict each other. */
export function clientOptions(given: Partial<ClientFlags>) {
  refuseContradictions(given);
  const flags: ClientFlags = { ...CLIENT_DEFAULTS, seed: randomInt(MOST_SEED), ...given };
  const durationNs = flags.duration ?? 0;
  return {
    connections: flags.conns,
    idle: flags.idle,
    repeat: flags.repeat ?? (durationNs > 0 ? 0 : DEFAULT_REPEAT),
    start: flags.start,
    trials: flags.trials,
    stopping: { kind: 'blocks' as const },
    durationNs,
    warmupNs: flags.warmup ?? Math.min(durationNs * WARMUP_SHARE, MOST_WARMUP_NS),
    timeoutNs: flags.timeout,
    rates: flags.rate,
    arrival: flags.arrival,
    lifetime: flags.lifetime,
    messages: flags.messageSize ?? [flags.message ?? { kind: 'text' as const, text: DEFAULT_TEXT }],
    clientProcesses: flags.clientProcesses,
    clientThreads: flags.clientThreads ?? null,
    clientCpus:
      usable('--client-cpus', flags.clientCpus) ?? splitCpus(allowedCpus(), coreOf).client,
    seed: flags.seed,
  };
}

/** Throws UsageError for a CPU that this process may not use. */
export function usable<T extends readonly number[] | undefined>(name: string, asked: T): T {
  const allowed = allowedCpus();
  const missing = asked?.find((cpu) => !allowed.includes(cpu));
  if (missing !== undefined)
    throw new UsageError(`${name} ${missing}: no such CPU here; allowed: ${allowed.join(', ')}`);
  return asked;
}
