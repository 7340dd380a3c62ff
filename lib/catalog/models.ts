/** The catalog of server models: structure, workers and limits. */

import { ceilings, type Limit } from './ceilings.js';
import { isCommand } from './programs.js';

export interface ServerModel {
  readonly name: string;
  /** How one loop waits for work. */
  readonly engine: 'reactor' | 'proactor' | 'blocking' | 'libuv' | 'its own';
  /** The system call in which it waits. */
  readonly waitsIn: string;
  /**
   * Edge-triggered reports readiness once, level-triggered while it lasts; null if the model uses
   * no readiness events.
   */
  readonly triggering: 'edge' | 'level' | null;
  readonly services: readonly ServiceName[];
  /** How connections are distributed over loops. */
  readonly topology:
    | 'one loop'
    | 'thread per connection'
    | 'process per connection'
    | 'thread pool'
    | 'process pool'
    | 'Worker per connection'
    | 'its own';
  readonly language: 'C++' | 'TypeScript' | 'any';
  /** What the number of workers sets; null if it can't be set. */
  readonly workers: 'threads' | 'processes' | null;
  readonly defaultWorkers: number;
  /** A worker serves one connection until it ends; others wait in the accept queue. */
  readonly serial: boolean;
  /** Whether it keeps rows and counters, which reconciliation requires. */
  readonly accounts: boolean;
  /** The model's specific limits, in addition to those of every server. */
  readonly limits: readonly Limit[];
  readonly note: string;
}

export const SERVICES = ['echo', 'bulk', 'files'] as const;
export type ServiceName = (typeof SERVICES)[number];

const LOOP = {
  engine: 'reactor',
  triggering: null,
  services: SERVICES,
  topology: 'one loop',
  language: 'C++',
  workers: 'threads',
  defaultWorkers: 1,
  serial: false,
  accounts: true,
  limits: [],
} as const;

const BLOCKING = { ...LOOP, engine: 'blocking', waitsIn: 'recv' } as const;

const POOL = { serial: true, defaultWorkers: 8, limits: [ceilings.acceptQueue] } as const;

const PROACTOR = {
  ...LOOP,
  engine: 'proactor',
  waitsIn: 'io_uring_enter',
  limits: [ceilings.uring],
} as const;

const PROCESS_PER_CONNECTION = 'process per connection';

/** The baseline: the model with which every other is compared. */
export const CONTROL = 'control';

/** To add a model, add a row here and its code. */
export const CATALOG: readonly ServerModel[] = [
  {
    ...LOOP,
    name: CONTROL,
    waitsIn: 'epoll_wait',
    accounts: false,
    note: 'baseline: minimal epoll server, no abstraction, no bookkeeping',
  },
  {
    ...LOOP,
    name: 'select',
    waitsIn: 'select',
    triggering: 'level',
    limits: [ceilings.fdSetSize],
    note: 'level-triggered; descriptors below FD_SETSIZE (1024), 1019 connections a loop',
  },
  {
    ...LOOP,
    name: 'select-wide',
    waitsIn: 'select',
    triggering: 'level',
    note: 'level-triggered; sets on the heap, as large as needed',
  },
  { ...LOOP, name: 'poll', waitsIn: 'poll', triggering: 'level', note: 'level-triggered' },
  { ...LOOP, name: 'epoll', waitsIn: 'epoll_wait', triggering: 'edge', note: 'edge-triggered' },
  {
    ...LOOP,
    name: 'epoll-lt',
    waitsIn: 'epoll_wait',
    triggering: 'level',
    note: 'level-triggered',
  },
  {
    ...PROACTOR,
    name: 'io_uring',
    note: 'multishot accept and receive into provided buffers; completions when the loop asks',
  },
  {
    ...PROACTOR,
    name: 'io_uring-plain',
    note: 'as io_uring, without set-up flags: completions interrupt the loop',
  },
  {
    ...BLOCKING,
    name: 'threads',
    topology: 'thread per connection',
    workers: null,
    limits: [ceilings.threads],
    note: 'a pthread with a 64 KiB stack for each connection',
  },
  {
    ...BLOCKING,
    name: 'fork',
    topology: PROCESS_PER_CONNECTION,
    workers: null,
    limits: [ceilings.processes],
    note: 'a process for each connection, forked by the process that accepts',
  },
  {
    ...BLOCKING,
    ...POOL,
    name: 'thread-pool',
    topology: 'thread pool',
    note: 'a worker serves one connection until it closes; the others wait in the accept queue',
  },
  {
    ...BLOCKING,
    ...POOL,
    name: 'process-pool',
    topology: 'process pool',
    workers: 'processes',
    note: 'as thread-pool, with processes that share one inherited listener',
  },
  {
    ...BLOCKING,
    name: 'workers',
    topology: 'Worker per connection',
    language: 'TypeScript',
    workers: null,
    limits: [ceilings.workerThreads],
    note: 'a worker_threads Worker with blocking calls for each connection',
  },
  {
    ...LOOP,
    name: 'libuv',
    engine: 'libuv',
    waitsIn: 'epoll_wait',
    language: 'TypeScript',
    workers: 'processes',
    note: "Node's net, as most would write it",
  },
];

export const MODEL_NAMES: readonly string[] = CATALOG.map((model) => model.name);

/** An external program, observed only from outside. */
function programModel(name: string): ServerModel {
  return {
    name,
    engine: 'its own',
    waitsIn: 'unknown',
    triggering: null,
    services: SERVICES,
    topology: 'its own',
    language: 'any',
    workers: null,
    defaultWorkers: 1,
    serial: false,
    accounts: false,
    limits: [],
    note: 'any program that serves the service',
  };
}

/** Whether the model's processes start others. */
export function startsProcesses(name: string): boolean {
  return CATALOG.find((each) => each.name === name)?.topology === PROCESS_PER_CONNECTION;
}

/**
 * The model with this name, or the program after `cmd:`; throws if the name is not in the catalog.
 */
export function modelNamed(name: string): ServerModel {
  if (isCommand(name)) return programModel(name);
  const model = CATALOG.find((each) => each.name === name);
  if (!model) throw new Error(`unknown server model ${name}; allowed: ${MODEL_NAMES.join(', ')}`);
  return model;
}
