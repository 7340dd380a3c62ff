/** Makes the specifications of a trial's server and client from its cell. Pure. */
import type { Machine } from '../../lib/catalog/ceilings.js';
import type { LoadSpec } from '../../lib/load/client.js';
import { sourceAddresses } from '../../lib/load/sources.js';
import type { ServerSpec } from '../../lib/server/server.js';
import { portCount } from '../../lib/system/limits.js';
import type { Cell } from '../plan/plan.js';
import type { Trial } from '../plan/schedule.js';
import { isGated } from '../plan/uninterrupted.js';
import { servedService } from '../services/registry.js';

/** Upper bound for new connections per second, because replaced connections need source ports too. Measured: 25,000 on one CPU. */
const MOST_CONNECTS_PER_S = 60_000;
/** A closed connection keeps its port for this long: TCP_TIMEWAIT_LEN. */
const TIME_WAIT_NS = 60e9;
/** Size of Linux's default port range, used if the range can't be read. */
const USUAL_PORTS = 28_232;

export function serverSpec(cell: Cell): ServerSpec {
  const { server: model, host, port, backlog, accept, congestion } = cell;
  const { hosts: processes, loops, serverCpus: cpus } = cell;
  const service = { name: servedService(cell).name, options: cell.serviceOptions };
  const listsTransfers = recordsTransfers(cell);
  const shared = { host, port, backlog, accept, congestion, listsTransfers };
  return { model, service, ...shared, processes, loops, cpus };
}

/** Whether both sides record each transfer. */
export function recordsTransfers(cell: Cell): boolean {
  return servedService(cell).recordsTransfers(cell);
}

/** How many connections may be opened to replace others, at most. */
function replacementsOf(cell: Cell): number {
  const { connections, repeat, perConnection, durationNs, warmupNs, lifetime } = cell;
  const traffic = Math.min(warmupNs + durationNs, TIME_WAIT_NS);
  const fastest = (MOST_CONNECTS_PER_S * traffic) / 1e9;
  const isReplaced = repeat > 0 || perConnection > 0 || lifetime.kind !== 'none';
  if (durationNs > 0) return isReplaced ? fastest : 0;
  return perConnection > 0 ? connections * Math.ceil(repeat / perConnection) : 0;
}

/** The client of a cell, for a server at `host` and `port`. */
export function loadSpec(
  { cell, seed }: Trial,
  host: string,
  port: number,
  machine: Machine,
): LoadSpec {
  const ports = machine.limits.ephemeralPorts;
  const perAddress = ports === null ? USUAL_PORTS : portCount(ports);
  return {
    host,
    port,
    sources: sourceAddresses(host, cell.connections + cell.idle + replacementsOf(cell), perAddress),
    connections: cell.connections,
    idle: cell.idle,
    threads: cell.clientThreads,
    processes: cell.clientProcesses,
    cpus: cell.clientCpus,
    repeat: cell.repeat,
    perConnection: cell.perConnection,
    retries: cell.retries,
    barrier: cell.start === 'barrier',
    intervalNs: cell.rate > 0 ? (cell.connections / cell.rate) * 1e9 : 0,
    poisson: cell.arrival === 'poisson',
    durationNs: cell.durationNs,
    warmupNs: cell.warmupNs,
    gated: isGated(cell),
    timeoutNs: cell.timeoutNs,
    stallNs: cell.stallNs,
    lifetime: cell.lifetime,
    protocol: { name: servedService(cell).name, options: cell.protocolOptions },
    listsTransfers: recordsTransfers(cell),
    congestion: cell.congestion,
    seed,
  };
}
