/**
 * Checks whether two runs are comparable, and whether one can continue the other, by facts that
 * affect results.
 */

import { parseCpuList } from './cpus.js';
import type { Environment } from './environment.js';
import type { BufferSizes } from './tcp-settings.js';

type Fact = string | number | boolean | null;

const GIB = 2 ** 30;

type Facts = Readonly<Record<string, Fact>>;

/**
 * The facts that affect performance. Excluded: limits that only decide whether a run is possible
 * (descriptors, pid_max, max_map_count), and threads-max and tcp_mem, which differ between boots.
 */
function machineFacts(environment: Environment): Facts {
  const { kernel, architecture, cpu, memoryBytes, limits, versions, nodeOptions } = environment;
  return {
    'CPU model': cpu.model,
    virtualized: cpu.virtualized,
    'CPUs online': cpu.online,
    'CPUs allowed': parseCpuList(cpu.allowed).length,
    'CPU quota': limits.cgroup.cpuQuota,
    'CPU governor': cpu.governor,
    SMT: cpu.smt,
    'CPU mitigations': cpu.mitigations && JSON.stringify(cpu.mitigations),
    architecture,
    'memory in GiB': Math.round(memoryBytes / GIB),
    'memory limit in bytes': limits.cgroup.memoryMaxBytes,
    kernel: kernel.release,
    clocksource: kernel.clocksource,
    ...networkFacts(environment),
    'Node version': versions.node,
    NODE_OPTIONS: nodeOptions,
  };
}

function networkFacts({ limits, tcp }: Environment): Facts {
  const ports = limits.ephemeralPorts;
  const sizes = (buffer: BufferSizes | null) =>
    buffer && `${buffer.min} ${buffer.initial} ${buffer.max}`;
  return {
    'net.core.somaxconn': limits.somaxconn,
    'net.core.rmem_max': tcp.receiveBufferMax,
    'net.core.wmem_max': tcp.sendBufferMax,
    'net.ipv4.tcp_congestion_control': tcp.congestionControl,
    'net.ipv4.tcp_rmem': sizes(tcp.receiveBuffer),
    'net.ipv4.tcp_wmem': sizes(tcp.sendBuffer),
    'net.ipv4.tcp_max_syn_backlog': limits.tcpMaxSynBacklog,
    'net.ipv4.ip_local_port_range': ports && `${ports.low}-${ports.high}`,
    'net.ipv4.tcp_tw_reuse': limits.tcpTwReuse,
    'net.ipv4.tcp_max_tw_buckets': limits.tcpMaxTwBuckets,
  };
}

/** The versions of c10k and its native code. */
function programFacts({ c10k }: Environment): Facts {
  return {
    'version of c10k': c10k.version,
    'SHA-256 of the native code': c10k.addon.sha256.slice(0, 12),
  };
}

/**
 * The facts that make two runs incomparable. The version of c10k is not among them, because
 * comparing versions is a purpose of comparison.
 */
export function differences(a: Environment, b: Environment): readonly string[] {
  return differencesOf(machineFacts(a), machineFacts(b));
}

/** The facts by which the two runs used different programs. */
export function programDifferences(a: Environment, b: Environment): readonly string[] {
  return differencesOf(programFacts(a), programFacts(b));
}

function differencesOf(a: Facts, b: Facts): readonly string[] {
  return Object.entries(a)
    .filter(([name, fact]) => fact !== b[name])
    .map(([name, fact]) => `${name}: ${fact ?? 'none'} against ${b[name] ?? 'none'}`);
}
