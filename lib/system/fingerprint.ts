/** Whether two runs are comparable: the facts that move figures, as in proc(5), hashed by sha256sum(1). */

import { createHash } from 'node:crypto';
import { parseCpuList } from './cpus.js';
import type { Environment } from './environment.js';

type Fact = string | number | boolean | null;

const GIB = 2 ** 30;

/**
 * What changes how fast a run is. What only decides whether it can run at all (descriptors, pid_max,
 * max_map_count) stays out, and so does threads-max, which differs from boot to boot.
 */
function facts({ kernel, architecture, cpu, memoryBytes, limits, versions }: Environment) {
  const ports = limits.ephemeralPorts;
  return {
    'CPU model': cpu.model,
    virtualized: cpu.virtualized,
    'CPUs online': cpu.online,
    'CPUs allowed': parseCpuList(cpu.allowed).length,
    'CPU quota': limits.cgroup.cpuQuota,
    'CPU governor': cpu.governor,
    architecture,
    'memory in GiB': Math.round(memoryBytes / GIB),
    'memory limit in bytes': limits.cgroup.memoryMaxBytes,
    kernel: kernel.release,
    clocksource: kernel.clocksource,
    'net.core.somaxconn': limits.somaxconn,
    'net.ipv4.tcp_max_syn_backlog': limits.tcpMaxSynBacklog,
    'net.ipv4.ip_local_port_range': ports && `${ports.low}-${ports.high}`,
    'net.ipv4.tcp_tw_reuse': limits.tcpTwReuse,
    'net.ipv4.tcp_max_tw_buckets': limits.tcpMaxTwBuckets,
    'Node version': versions.node,
  } satisfies Readonly<Record<string, Fact>>;
}

/** Twelve hex digits, the same for environments whose figures may be compared. */
export function fingerprint(environment: Environment): string {
  const text = JSON.stringify(Object.entries(facts(environment)));
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

/** What keeps two runs from being compared, one fact each; empty when their fingerprints agree. */
export function differences(a: Environment, b: Environment): readonly string[] {
  const others: Readonly<Record<string, Fact>> = facts(b);
  return Object.entries(facts(a))
    .filter(([name, fact]) => fact !== others[name])
    .map(([name, fact]) => `${name}: ${fact ?? 'none'} against ${others[name] ?? 'none'}`);
}
