/** How a machine's settings affect measurements. Pure. */

import type { Machine } from '../../../lib/catalog/ceilings.js';
import { type CpuSplit, formatCpuList } from '../../../lib/system/cpus.js';
import type { Environment } from '../../../lib/system/environment.js';
import { portCount } from '../../../lib/system/limits.js';
import { bytes, whole } from '../../text/format.js';
import { obstacleInWords } from '../text/obstacles.js';

export interface Finding {
  readonly good: boolean;
  readonly what: string;
  readonly value: string;
  /** The consequence for measurements. */
  readonly meaning: string;
  /** The command that raises the limit; null if there is none. */
  readonly lift: string | null;
}

const ENOUGH_DESCRIPTORS = 20_000;
const ENOUGH_BACKLOG = 4096;
const ENOUGH_PORTS = 25_000;
const ENOUGH_MAPS = 65_530;
const ENOUGH_PIDS = 32_768;
const ENOUGH_MEMORY = 2 * 2 ** 30;

export function findings(
  machine: Machine,
  environment: Environment,
  cpus: CpuSplit,
): readonly Finding[] {
  return [
    cpuFinding(environment, cpus),
    governorFinding(environment),
    quotaFinding(machine),
    ...networkFindings(machine),
    ...processFindings(machine),
    ...permissionFindings(machine),
  ].filter((finding) => finding !== null);
}

function cpuFinding({ cpu }: Environment, { server, client, shared }: CpuSplit): Finding {
  return {
    good: !shared,
    what: 'CPUs',
    value: `${cpu.online}`,
    meaning: shared
      ? 'server and client share it: throughput and latency depend on both'
      : `server on ${formatCpuList(server)}, client on ${formatCpuList(client)}${cpu.virtualized ? '; a virtual machine: expect noise, compare ratios' : ''}`,
    lift: null,
  };
}

function governorFinding({ cpu: { governor } }: Environment): Finding | null {
  if (governor === null) return null;
  return {
    good: governor === 'performance',
    what: 'CPU governor',
    value: governor,
    meaning: 'any governor except performance changes the clock frequency during a measurement',
    lift: 'cpupower frequency-set --governor performance',
  };
}

function quotaFinding({ limits: { cgroup } }: Machine): Finding | null {
  if (cgroup.cpuQuota === null) return null;
  return {
    good: false,
    what: 'CPU quota',
    value: `${cgroup.cpuQuota} CPUs`,
    meaning:
      'the control group stops both sides when the quota is used up, which looks like a slow server',
    lift: null,
  };
}

function networkFindings({ limits }: Machine): Finding[] {
  const { somaxconn, ephemeralPorts, tcpTwReuse } = limits;
  const ports = ephemeralPorts === null ? null : portCount(ephemeralPorts);
  return [
    {
      good: (somaxconn ?? 0) >= ENOUGH_BACKLOG,
      what: 'somaxconn',
      value: whole(somaxconn),
      meaning:
        'maximum length of the accept queue: a connection that overflows it waits 1 s until its SYN is retransmitted',
      lift: `sysctl -w net.core.somaxconn=${ENOUGH_BACKLOG}`,
    },
    {
      good: (ports ?? 0) >= ENOUGH_PORTS,
      what: 'ephemeral ports',
      value: whole(ports),
      meaning: 'per source address; on loopback more addresses are used automatically',
      lift: 'sysctl -w net.ipv4.ip_local_port_range="1024 65535"',
    },
    {
      good: tcpTwReuse !== 0,
      what: 'tcp_tw_reuse',
      value: whole(tcpTwReuse),
      meaning:
        tcpTwReuse === 0
          ? 'a port can be reused 60 s after its use'
          : 'a port can be reused after 1 s',
      lift: 'sysctl -w net.ipv4.tcp_tw_reuse=2',
    },
  ];
}

/** Limits of one process, and of memory. */
function processFindings({ limits, availableMemory }: Machine): Finding[] {
  const { hard } = limits.descriptors;
  return [
    {
      good: hard === 'unlimited' || (hard ?? 0) >= ENOUGH_DESCRIPTORS,
      what: 'descriptors',
      value: typeof hard === 'number' ? whole(hard) : `${hard}`,
      meaning: 'hard limit of one process: limits the connections of one server or client process',
      lift: 'ulimit -Hn 1048576  (and fs.nr_open no lower)',
    },
    {
      good: (limits.maxMapCount ?? 0) >= ENOUGH_MAPS,
      what: 'max_map_count',
      value: whole(limits.maxMapCount),
      meaning: 'limits `workers` (40 mappings each) and `threads` (2 each)',
      lift: 'sysctl -w vm.max_map_count=1048576',
    },
    {
      good: (limits.pidMax ?? 0) >= ENOUGH_PIDS,
      what: 'pid_max',
      value: whole(limits.pidMax),
      meaning: 'limits `threads`',
      lift: 'sysctl -w kernel.pid_max=4194304',
    },
    {
      good: (availableMemory ?? 0) >= ENOUGH_MEMORY,
      what: 'available memory',
      value: bytes(availableMemory),
      meaning: 'a connection uses about 10 KiB of kernel memory, a Worker 8 MB',
      lift: null,
    },
  ];
}

/** System calls that a container may forbid. */
function permissionFindings({ canUnshareDescriptors, uring }: Machine): Finding[] {
  return [
    {
      good: canUnshareDescriptors,
      what: 'unshare(CLONE_FILES)',
      value: canUnshareDescriptors ? 'allowed' : 'forbidden',
      meaning: '`select` needs it: each loop has its own descriptor table',
      lift: null,
    },
    {
      good: uring.obstacle === null,
      what: 'io_uring',
      value: uring.flags ?? 'unusable',
      meaning: uring.obstacle ? obstacleInWords(uring.obstacle) : 'the supported set-up flags',
      lift: null,
    },
  ];
}
