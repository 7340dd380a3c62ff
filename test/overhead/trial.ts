/** One short trial of the echo service: the CPU time per request of server and client. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type CountName, countsBetween, systemCalls } from '../../lib/account/counts.js';
import { type LoadSpec, startClient } from '../../lib/load/client.js';
import { native } from '../../lib/native.js';
import type { Server, ServerSnapshot } from '../../lib/server/server.js';
import { startServer } from '../../lib/server/start.js';
import { allowedCpus, coreOf, splitCpus } from '../../lib/system/cpus.js';
import { echoProtocol } from '../support/echo-protocol.js';
import { ECHO } from '../support/services.js';
import type { Measured } from './paired.js';
import { runPlainClient } from './plain-client.js';

/** A line of 20 bytes with its newline. */
export const LINE = 'nineteen characters';
export const CPUS = splitCpus(allowedCpus(), coreOf);
const BACKLOG = 4096;
const WARMUP_MS = 200;
/** Margin at both ends of the client's window, so that the server's snapshots fall within. */
const MARGIN_MS = 20;

export interface Load {
  readonly connections: number;
  readonly seconds: number;
}

export interface ServerCost extends Measured {
  /** Null for a model that counts nothing. */
  readonly calls: { readonly perEcho: number; readonly waitsPerEcho: number } | null;
}

export function startEcho(model: string): Promise<Server> {
  const common = { service: ECHO, host: '127.0.0.1', port: 0, processes: 1, loops: 1 };
  return startServer({ ...common, model, backlog: BACKLOG, cpus: CPUS.server });
}

export function loadOn(server: Server, change: Partial<LoadSpec>): LoadSpec {
  return {
    host: server.address,
    port: server.port,
    sources: [],
    connections: 1,
    idle: 0,
    processes: 1,
    threads: 1,
    repeat: 0,
    perConnection: 0,
    retries: 0,
    barrier: true,
    durationNs: 1e9,
    warmupNs: WARMUP_MS * 1e6,
    timeoutNs: 10e9,
    stallNs: 0,
    intervalNs: 0,
    poisson: false,
    lifetime: { kind: 'none' },
    protocol: echoProtocol({ kind: 'text', text: LINE }),
    seed: 1,
    cpus: CPUS.client.slice(0, 1),
    ...change,
  };
}

/** Requests per CPU-second of the server, under c10k's client. */
export async function serverCost(model: string, load: Load): Promise<ServerCost> {
  const server = await startEcho(model);
  try {
    const { window, cpuShare, before, after } = await measure(server, load);
    const rate = (window.requests * 1e9) / (window.end - window.start);
    return { value: rate / cpuShare, calls: callsBetween(before, after) };
  } finally {
    await server.stop();
  }
}

/** Requests per CPU-second of c10k's client, at the `control` server. */
export async function clientCost(load: Load): Promise<Measured> {
  const server = await startEcho('control');
  try {
    const { window } = await measure(server, load);
    const cpuSeconds = (window.userNs + window.systemNs) / 1e9;
    return { value: window.requests / cpuSeconds };
  } finally {
    await server.stop();
  }
}

/** The same of the plain client. */
export async function plainClientCost(program: string, load: Load): Promise<Measured> {
  const server = await startEcho('control');
  try {
    const target = { port: server.port, warmupSeconds: WARMUP_MS / 1e3, line: LINE };
    const { requests, cpuSeconds } = await runPlainClient(
      program,
      { ...target, ...load },
      CPUS.client.slice(0, 1),
    );
    return { value: requests / cpuSeconds };
  } finally {
    await server.stop();
  }
}

async function measure(server: Server, { connections, seconds }: Load) {
  const client = await startClient(loadOn(server, { connections, durationNs: seconds * 1e9 }));
  try {
    await client.start();
    await client.connected();
    const opened = (await client.go()) / 1e6;
    const until = (ms: number) => sleep(opened + ms - native.now() / 1e6);
    await until(WARMUP_MS + MARGIN_MS);
    const before = await server.snapshot();
    const from = server.cpuTime();
    await until(WARMUP_MS + seconds * 1e3 - MARGIN_MS);
    const to = server.cpuTime();
    const after = await server.snapshot();
    await client.drained();
    const { windows, rows } = await client.finish();
    const failed = rows.find((row) => row.failure !== '');
    if (failed) throw new Error(`a connection failed: ${failed.failure}`);
    const [window] = windows;
    if (!window) throw new Error('the client measured nothing');
    return { window, cpuShare: (to.ns - from.ns) / (to.at - from.at), before, after };
  } finally {
    client.kill();
  }
}

function callsBetween(before: ServerSnapshot, after: ServerSnapshot): ServerCost['calls'] {
  const counts = countsBetween(before.total, after.total);
  const all = systemCalls(counts);
  if (all === null) return null;
  const perEcho = (n: number) => n / known(counts.requests, 'requests');
  return { perEcho: perEcho(all), waitsPerEcho: perEcho(known(counts.callWait, 'callWait')) };
}

function known(count: number | null, name: CountName): number {
  if (count === null) throw new Error(`${name} was not counted`);
  return count;
}
