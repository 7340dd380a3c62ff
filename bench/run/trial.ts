/** One trial: fresh processes, the phases in order, and whatever was gathered by the time it ended. */
import { setTimeout as sleep } from 'node:timers/promises';
import { modelNamed } from '../../lib/catalog.js';
import type { Machine } from '../../lib/ceilings.js';
import { type Client, type LoadSpec, startClient } from '../../lib/load/client.js';
import { sourceAddresses } from '../../lib/load/sources.js';
import { native } from '../../lib/native.js';
import { type Server, startServer } from '../../lib/server/server.js';
import { readKernelCounters } from '../../lib/system/kernel-counters.js';
import { readSockstat } from '../../lib/system/sockstat.js';
import type { Cell, Trial } from '../plan/plan.js';
import type { Evidence } from './evidence.js';
import type { Watch } from './watch.js';

export interface TrialOutcome {
  readonly evidence: Evidence;
  readonly error: string | null;
}

/** A server that accepts nothing for so long won't accept the rest either. */
const ACCEPT_STALL_MS = 5000;
/** How long a server may take to see that its connections have been closed. */
const SETTLE_MS = 5000;
/** How long a broken trial's processes may take to say what they know. */
const SALVAGE_MS = 3000;
const POLL_MS = 5;
/** New connections in a second, at most: what replaces closed ones needs source ports too. */
const MOST_CONNECTS_PER_S = 15_000;

interface Sides {
  server?: Server;
  client?: Client;
}

/** How a trial is carried out. Never throws: a failed trial is an outcome with an error. */
export type Perform = (trial: Trial, watch: Watch, signal: AbortSignal) => Promise<TrialOutcome>;

/** Trials with a server of their own. */
export function performOn(machine: Machine): Perform {
  return (trial, watch, signal) => runTrial(trial, machine, watch, signal);
}

async function runTrial(
  trial: Trial,
  machine: Machine,
  watch: Watch,
  signal: AbortSignal,
): Promise<TrialOutcome> {
  const evidence: Evidence = { startedAt: new Date(), marks: { begin: performance.now() } };
  const sides: Sides = {};
  const abort = () => void sides.client?.abort().catch(() => {});
  signal.addEventListener('abort', abort);
  let error: string | null = null;
  try {
    await perform(trial, machine, evidence, sides, watch, signal);
    if (signal.aborted) error = 'interrupted';
  } catch (thrown) {
    error = signal.aborted ? 'interrupted' : (thrown as Error).message;
    await salvage(evidence, sides);
  } finally {
    signal.removeEventListener('abort', abort);
    sides.client?.kill();
    sides.server?.kill();
  }
  evidence.marks.end = performance.now();
  return { evidence, error };
}

async function perform(
  trial: Trial,
  machine: Machine,
  evidence: Evidence,
  sides: Sides,
  watch: Watch,
  signal: AbortSignal,
): Promise<void> {
  const { cell } = trial;
  evidence.kernelBefore = readKernelCounters();
  evidence.timeWaitBefore = readSockstat().timeWait;
  watch.phase('starting');
  const server = await startServer(serverSpec(cell));
  sides.server = server;
  evidence.serverStarted = server.started;
  const client = await startClient(loadSpec(trial, server.address, server.port, machine));
  sides.client = client;
  evidence.marks.started = performance.now();
  evidence.memoryBefore = server.memory();
  signal.throwIfAborted();

  watch.phase('connecting', client);
  const window = await (cell.start === 'barrier' ? fromBarrier : atOnce)(
    cell,
    server,
    client,
    evidence,
    signal,
  );
  watch.phase('measuring', client);
  await traffic(cell, window, server, client, evidence, signal);

  watch.phase('collecting');
  evidence.load = await client.finish();
  await settle(server, signal);
  const rows = await server.stop();
  if (modelNamed(cell.server).accounts) evidence.serverRows = rows;
  evidence.kernelAfter = readKernelCounters();
}

function serverSpec(cell: Cell) {
  const { server: model, service, host, port, backlog, hosts: processes, loops } = cell;
  return { model, service, host, port, backlog, processes, loops, cpus: cell.serverCpus };
}

/** The client's half of a cell, against a server that listens there. */
export function loadSpec(
  { cell, seed }: Trial,
  host: string,
  port: number,
  machine: Machine,
): LoadSpec {
  const churns = cell.durationNs > 0 && (cell.repeat > 0 || cell.lifetime.kind !== 'none');
  const replaced = churns ? (MOST_CONNECTS_PER_S * Math.min(cell.durationNs, 60e9)) / 1e9 : 0;
  const ports = machine.limits.ephemeralPorts;
  const perAddress = ports === null ? 28_000 : ports.high - ports.low + 1;
  return {
    host,
    port,
    sources: sourceAddresses(host, cell.connections + cell.idle + replaced, perAddress),
    connections: cell.connections,
    idle: cell.idle,
    threads: cell.clientThreads,
    processes: cell.clientProcesses,
    cpus: cell.clientCpus,
    repeat: cell.repeat,
    barrier: cell.start === 'barrier',
    durationNs: cell.durationNs,
    warmupNs: cell.warmupNs,
    timeoutNs: cell.timeoutNs,
    lifetime: cell.lifetime,
    message: cell.message,
    seed,
  };
}

/** Nobody sends before all connections are open, on both sides. Returns when traffic began. */
async function fromBarrier(
  cell: Cell,
  server: Server,
  client: Client,
  evidence: Evidence,
  signal: AbortSignal,
): Promise<number> {
  await client.start();
  await client.connected();
  evidence.marks.connected = performance.now();
  const { open } = await client.progress();
  const model = modelNamed(cell.server);
  const expected = model.serial ? Math.min(open, cell.hosts * cell.loops) : open;
  evidence.acceptedBeforeGo = { accepted: await accepted(server, expected, signal), expected };
  evidence.marks.accepted = performance.now();
  evidence.memoryAtPeak = server.memory();
  evidence.clientMemoryAtPeak = client.memory();
  evidence.serverThreads = server.threads();
  evidence.windowStart = await server.snapshot();
  return client.go();
}

/** Traffic begins as each connection opens. */
async function atOnce(
  _: Cell,
  server: Server,
  client: Client,
  evidence: Evidence,
): Promise<number> {
  evidence.windowStart = await server.snapshot();
  const begin = await client.start();
  evidence.marks.connected = evidence.marks.accepted = performance.now();
  return begin;
}

/** Waits until the server has accepted so many, or has stopped accepting. Returns how many it has. */
async function accepted(server: Server, expected: number, signal: AbortSignal): Promise<number> {
  let last = -1;
  let since = performance.now();
  for (;;) {
    const { accepts } = (await server.snapshot()).total;
    if (accepts === null || accepts >= expected) return accepts ?? expected;
    if (accepts > last) since = performance.now();
    else if (performance.now() - since > ACCEPT_STALL_MS) return accepts;
    last = accepts;
    await sleep(POLL_MS);
    signal.throwIfAborted();
  }
}

async function traffic(
  cell: Cell,
  begin: number,
  server: Server,
  client: Client,
  evidence: Evidence,
  signal: AbortSignal,
): Promise<void> {
  const drained = client.drained();
  const over = drained.then(() => 'over' as const);
  if (cell.durationNs > 0) {
    const start = begin + cell.warmupNs;
    if (cell.warmupNs > 0 && (await Promise.race([over, until(start, signal)])) !== 'over')
      evidence.windowStart = await server.snapshot();
    await Promise.race([over, until(start + cell.durationNs, signal)]);
    evidence.windowEnd = await server.snapshot();
  }
  await drained;
  evidence.windowEnd ??= await server.snapshot();
  evidence.marks.drained = performance.now();
}

/** Sleeps until an instant of CLOCK_MONOTONIC, or an interruption. */
async function until(instant: number, signal: AbortSignal): Promise<void> {
  await sleep(Math.max(0, (instant - native.now()) / 1e6), undefined, { signal }).catch(() => {});
}

/** The client has closed all: waits until the server has seen that, so that its rows are complete. */
async function settle(server: Server, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + SETTLE_MS;
  while (!signal.aborted && performance.now() < deadline) {
    const { accepts, closes } = (await server.snapshot()).total;
    if (accepts === null || closes === null || accepts <= closes) return;
    await sleep(POLL_MS);
  }
}

/** After a failure: what either side still can tell. */
async function salvage(evidence: Evidence, { server, client }: Sides): Promise<void> {
  const soon = <T>(work: Promise<T>) =>
    Promise.race([work, sleep(SALVAGE_MS, undefined, { ref: false })]).catch(() => undefined);
  if (client && !evidence.load) {
    await soon(client.abort());
    const load = await soon(client.finish());
    if (load) evidence.load = load;
  }
  if (server && !evidence.serverRows) {
    const rows = await soon(server.stop());
    if (rows) evidence.serverRows = rows;
  }
  evidence.kernelAfter ??= readKernelCounters();
}
