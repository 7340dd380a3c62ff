/** Whether two runs are comparable, and whether one can continue the other: by facts that change figures. */

import { parseCpuList } from './cpus.js';
import type { Environment } from './environment.js';
import type { BufferSizes } from './tcp-settings.js';

type Fact = string | number | boolean | null;

const GIB = 2 ** 30;

type Facts = Readonly<Record<string, Fact>>;

/**
 * What changes how fast a run is. What only decides whether it can run at all (descriptors, pid_max,
 * max_map_count) stays out, and so do threads-max and tcp_mem, which differ from boot to boot.
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

/** What is measured, and with what. */
function programFacts({ c10k }: Environment): Facts {
  return {
    'version of c10k': c10k.version,
    'SHA-256 of the addon': c10k.addon.sha256.slice(0, 12),
  };
}

/** What keeps two runs from being compared, one fact each. Another c10k doesn't: that is a question to compare by. */
export function differences(a: Environment, b: Environment): readonly string[] {
  return differencesOf(machineFacts(a), machineFacts(b));
}

/** What makes trials of the two belong to different programs, one fact each. */
export function programDifferences(a: Environment, b: Environment): readonly string[] {
  return differencesOf(programFacts(a), programFacts(b));
}

function differencesOf(a: Facts, b: Facts): readonly string[] {
  return Object.entries(a)
    .filter(([name, fact]) => fact !== b[name])
    .map(([name, fact]) => `${name}: ${fact ?? 'none'} against ${b[name] ?? 'none'}`);
}
