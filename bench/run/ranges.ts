/** The possible range of each figure. A figure outside its range is a measurement error. Pure. */
import type { Problem } from '../facts.js';
import type { Cell } from '../plan/cell.js';
import type { Measurement } from '../record.js';
import { wholeServer } from '../whole-server.js';

interface Range {
  readonly name: string;
  readonly value: number | null | undefined;
  readonly low: number;
  readonly high: number;
}

/** Clock and CPU time are read one after the other, so a CPU can appear to be busy for slightly more than 100 %. */
const READ_APART = 1.02;
const HIGHEST_LATENCY_US = 3600e6;

/** The figures outside their ranges. */
export function impossible(cell: Cell, measured: Measurement): Problem[] {
  return rangesOf(cell, measured).flatMap(({ name, value, low, high }) => {
    if (value === null || value === undefined || (value >= low && value <= high)) return [];
    const figures = { figure: name, value: finite(value), low, high: finite(high) };
    return [{ kind: 'impossible figure', figures }];
  });
}

function rangesOf(cell: Cell, measured: Measurement): Range[] {
  const { clientCpu, slices } = measured;
  const server = wholeServer(measured);
  const atLeast = (low: number, name: string, value: number | null | undefined) => ({
    ...{ name, value, low },
    high: Number.POSITIVE_INFINITY,
  });
  const cpus = (name: string, value: number | null | undefined, count: number) => ({
    ...{ name, value },
    low: 0,
    high: count * READ_APART,
  });
  const onServerCpus = (name: string, value: number | null | undefined) =>
    cpus(name, value, cell.serverCpus.length);
  return [
    atLeast(0, 'throughput', measured.throughput),
    // 0: nothing was answered, which is reported as a problem.
    atLeast(Number.MIN_VALUE, 'efficiency', measured.efficiency || null),
    atLeast(0, "the server's user time", server.cpu?.userS),
    atLeast(0, "the server's system time", server.cpu?.systemS),
    onServerCpus("the server's share of its CPUs", server.cpu?.busy),
    onServerCpus("the idle server's share of its CPUs", slices?.idleBusy.server),
    onServerCpus("the idle control's share of its CPUs", slices?.idleBusy.control),
    cpus("the client's share of its CPUs", clientCpu.busy, cell.clientCpus.length),
    cpus("a client thread's share of a CPU", clientCpu.busiestThread, 1),
    atLeast(0, 'system calls per request', measured.systemCallsPerRequest),
    { name: 'latency', value: measured.latency.max, low: 0, high: HIGHEST_LATENCY_US },
    atLeast(0, "the server's memory", server.memory.pssBytes),
    ...Object.entries(server.counts ?? {}).map(([name, value]) =>
      atLeast(0, `the server's count of ${name}`, value),
    ),
  ];
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
