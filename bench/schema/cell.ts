/** The schema of a cell: one combination of the values of an experiment's options. */
import { z } from 'zod';
import { lifetime } from '../../lib/schema/lifetime.js';
import { obstacle } from '../../lib/schema/obstacles.js';
import { maybeText, number, numbers, type Of, text } from '../../lib/schema/parts.js';
import { serviceLoad } from './service-load.js';

/** Why a trial is not cut into slices, with the control beside the server. */
export const uninterrupted = z.enum([
  'slices off',
  'no duration',
  'open loop',
  'immediate start',
  'lifetimes',
  'long transfers',
  'accept queue',
  'memory',
  /** This machine can't run as many client processes again for the control. */
  'client',
  /** The control can't hold as many connections here. */
  'control',
  /** The control would leave some connections in its accept queue. */
  'control queue',
  /** The storage has no room for the files of both sides. */
  'storage',
  'no server',
]);

/** Times in ns. */
export const cell = z.object({
  number,
  connections: number,
  idle: number,
  /** Target rate of an open loop: messages per second of all connections together; 0: closed loop. */
  rate: number,
  /** Messages per connection; 0: limited only by the duration or the lifetime. */
  repeat: number,
  /** As given with `--workers`: loops, pool threads or pool processes. */
  workers: number,
  processes: number,
  /** Server processes, and loops in each. */
  hosts: number,
  loops: number,
  durationNs: number,
  warmupNs: number,
  /** Requests on one connection, after which its client takes a new one; 0: no limit. */
  perConnection: number,
  /** Attempts of a client after its connection failed. */
  retries: number,
  /** Time limit of a handshake and of an answer. */
  timeoutNs: number,
  /** Time limit without progress of a request; 0: none. */
  stallNs: number,
  /** Time after which the traffic of a trial is ended; 0: none. */
  capNs: number,
  clientProcesses: number,
  /** Per client process. */
  clientThreads: number,
  port: number,
  backlog: number,
  server: text,
  /** The server that the others are compared with: in slices beside each, or once in each block. */
  control: text,
  service: text,
  ...serviceLoad.shape,
  arrival: z.enum(['constant', 'poisson']),
  start: z.enum(['barrier', 'immediate']),
  /** Whether trials with a duration measure server and control in alternating slices. */
  slices: z.enum(['on', 'off']),
  lifetime,
  serverCpus: numbers,
  clientCpus: numbers,
  host: text,
  accept: z.enum(['shared', 'reuseport']),
  /** TCP congestion control of both sides; null: the system's. */
  congestion: maybeText,
  /** Why its trials are not sliced; null if they are. */
  uninterrupted: uninterrupted.nullable(),
  /** Why it can't be run here; null if it can. */
  skipped: obstacle.nullable(),
});

export type Uninterrupted = Of<typeof uninterrupted>;
export type Cell = Of<typeof cell>;
