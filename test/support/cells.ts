/** Cells, records and machines for tests: valid default values, which a test overrides. */

import { type Cell, type ExperimentOptions, plan } from '../../bench/plan/plan.js';
import type { Measurement, RoleFigures, Slices, TrialRecord } from '../../bench/record.js';
import type { TrialResult } from '../../bench/run/run.js';
import { loadOf } from '../../bench/services/echo/echo.js';
import { counts } from '../../lib/account/counts.js';
import { distribution, NO_COUNTS } from '../../lib/account/histogram.js';
import type { Machine } from '../../lib/catalog/ceilings.js';
import { native } from '../../lib/native.js';
import { readLimits } from '../../lib/system/limits.js';

export const ROOMY: Machine = {
  limits: {
    ...readLimits(),
    descriptors: { soft: 1_048_576, hard: 1_048_576 },
    processes: { soft: 'unlimited', hard: 'unlimited' },
    somaxconn: 4096,
    maxMapCount: 1_048_576,
    pidMax: 4_194_304,
    threadsMax: 1_000_000,
    cgroup: { pidsMax: null, memoryMaxBytes: null, cpuQuota: null },
  },
  availableMemory: 64 * 2 ** 30,
  canUnshareDescriptors: true,
  uring: { flags: 'none', obstacle: null },
  fileSystems: {},
};

export const OPTIONS: ExperimentOptions = {
  service: 'echo',
  servers: ['epoll'],
  connections: [10],
  idle: [0],
  rates: [0],
  arrival: 'constant',
  workers: null,
  processes: 1,
  trials: 1,
  stopping: { kind: 'blocks' },
  repeat: 20,
  start: 'barrier',
  durationNs: 0,
  warmupNs: 0,
  slices: 'off',
  control: 'control',
  perConnection: 0,
  retries: 0,
  timeoutNs: 10e9,
  stallNs: 0,
  capNs: 0,
  lifetime: { kind: 'none' },
  loads: [loadOf({ kind: 'text', text: 'hello' })],
  clientProcesses: 1,
  clientThreads: null,
  clientPool: 'loop',
  serverCpus: [0],
  clientCpus: [1],
  host: '127.0.0.1',
  port: 0,
  backlog: 4096,
  accept: 'shared',
  congestion: null,
  seed: 1,
};

/** The other fields of a plan, for tests that use only its cells. */
export const FIXED = { blocks: 1, stopping: { kind: 'blocks' }, seed: 1 } as const;

export function cellOf(options: Partial<ExperimentOptions> = {}): Cell {
  const [cell] = plan({ ...OPTIONS, ...options }, ROOMY).cells;
  if (!cell) throw new Error('no cell');
  return cell;
}

const NOTHING = distribution(NO_COUNTS);

/** Latencies, given in ns, as a trial stores them. */
export function latencies(...ns: number[]) {
  return distribution(native.histogram(Float64Array.from(ns)));
}

const LATENCY = { p50: 1, p90: 1, p99: 1, p999: 1, max: 1 };

/** The figures of slices of a trial whose batches had these ratios to the control. */
export function slicesOf(...ratios: readonly number[]): Slices {
  return {
    ...{ pairs: ratios.length, lengthMs: 20, roundTrips: 20, undrained: 0, silent: 0 },
    logRatios: ratios.map(Math.log),
    control: { throughput: 1, efficiency: 1, latency: LATENCY, failuresByKind: {} },
    idleBusy: { server: 0, control: 0 },
  };
}

/** The figures of a part of a server. */
export function roleOf(change: Partial<RoleFigures> = {}): RoleFigures {
  return {
    cpu: {
      userS: 0.001,
      systemS: 0.004,
      busy: 0.5,
      voluntarySwitches: 3,
      involuntarySwitches: 1,
    },
    counts: counts({ requests: 200 }),
    memory: { pssBytes: 40e6, bytesPerConnection: 500 },
    threads: 11,
    ...change,
  };
}

/** The figures of a server with one part. */
export function rolesOf(change: Partial<RoleFigures>): Measurement['roles'] {
  return { server: roleOf(change) };
}

export function measurementOf(change: Partial<Measurement> = {}): Measurement {
  return {
    requests: { window: 200, total: 200, wanted: 200 },
    bytes: { sent: 1200, received: 1200 },
    readingSlipS: 0,
    slices: null,
    inFlight: null,
    windowS: 0.01,
    throughput: 20_000,
    efficiency: 40_000,
    latency: NOTHING,
    openLoop: null,
    connect: NOTHING,
    firstAnswer: NOTHING,
    clients: null,
    queueing: null,
    beside: null,
    wrongTransfers: 0,
    failures: 0,
    failuresByKind: {},
    starved: 0,
    peak: { open: 10, accepted: 10 },
    roles: rolesOf({}),
    clientCpu: {
      userS: 0.001,
      systemS: 0.004,
      busy: 0.5,
      busiestThread: 0.5,
      voluntarySwitches: 3,
      involuntarySwitches: 1,
    },
    systemCallsPerRequest: 2.1,
    connectionsPerLoop: [10],
    memory: { kernelBytesPerConnection: 9000, clientPssBytes: 40e6 },
    kernel: null,
    timeWaitBefore: 0,
    reconciliation: { compared: 10, mismatches: 0, unknown: 0, examples: [] },
    transfers: null,
    ...change,
  };
}

export function recordOf(cell: Cell, change: Partial<TrialRecord> = {}): TrialRecord {
  return {
    trial: 1,
    block: 1,
    cell: cell.number,
    server: cell.server,
    service: cell.service,
    connections: cell.connections,
    idle: cell.idle,
    rate: cell.rate,
    factors: cell.factors,
    repeat: cell.repeat,
    workers: cell.workers,
    clientProcesses: 1,
    clientThreads: 1,
    seed: 1,
    uninterrupted: 'no duration',
    fileSystem: null,
    machine: null,
    startedAt: '2026-01-01T00:00:00.000Z',
    phases: { startMs: 1, connectMs: 1, acceptMs: 1, trafficMs: 1, finishMs: 1 },
    measurement: measurementOf(),
    verdict: { valid: true, clientBound: false, problems: [], notes: [] },
    error: null,
    ...change,
  };
}

/** A result that has nothing but its record. */
export function resultOf(record: TrialRecord, change: Partial<TrialResult> = {}): TrialResult {
  return {
    record,
    load: null,
    beside: null,
    untimed: [],
    serverRows: null,
    serverTransfers: null,
    rowsLost: false,
    control: null,
    slices: null,
    serverStarted: 0,
    ...change,
  };
}
