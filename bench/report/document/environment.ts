/** The machine and the software, as recorded by the run. */

import { formatCpuList } from '../../../lib/system/cpus.js';
import type { Environment } from '../../../lib/system/environment.js';
import type { Limit } from '../../../lib/system/limits.js';
import { condensed, type Mitigations } from '../../../lib/system/mitigations.js';
import type { BufferSizes, TcpSettings } from '../../../lib/system/tcp-settings.js';
import { bytes, whole } from '../../text/format.js';
import type { Study } from '../study/study.js';
import { code, type Section, type Words } from '../text/blocks.js';

type Entry = readonly [what: string, value: Words | null];

export function environment({ run }: Study): Section {
  const entries = [
    ...software(run.environment),
    ...machine(run.environment),
    ...placement(run.plan.cells[0]),
    ['files on', fileSystems(run.records)] as const,
    ...limits(run.environment),
    ...tcp(run.environment, run.plan.cells[0]?.congestion ?? null),
    ['started', run.startedAt] as const,
  ];
  return {
    id: 'environment',
    title: 'Environment',
    blocks: [
      {
        kind: 'table',
        caption: 'Software, machine and limits of the run.',
        columns: [
          { title: 'what', align: 'left' },
          { title: 'value', align: 'left' },
        ],
        rows: entries.flatMap(([what, value]) => (value === null ? [] : { cells: [what, value] })),
      },
    ],
  };
}

function software(environment: Environment): Entry[] {
  const { c10k, kernel, architecture, versions, uring, nodeOptions } = environment;
  const git = c10k.git && `${c10k.git.commit.slice(0, 12)}${c10k.git.dirty ? ', modified' : ''}`;
  return [
    ['c10k', [c10k.version, git].filter(Boolean).join(', commit ')],
    ['native code', `SHA-256 ${c10k.addon.sha256.slice(0, 12)}, ${c10k.addon.build}`],
    ['kernel', `Linux ${kernel.release}, ${architecture}`],
    ['clock source', kernel.clocksource],
    ['io_uring', uring ?? null],
    ['Node', `${versions.node} (V8 ${versions.v8}, libuv ${versions.libuv})`],
    ['NODE_OPTIONS', nodeOptions === null ? null : [code(nodeOptions)]],
    ['C library', versions.libc],
  ];
}

function machine({ cpu, memoryBytes, limits }: Environment): Entry[] {
  const virtual = cpu.virtualized ? ', in a virtual machine' : '';
  return [
    ['CPU', `${cpu.model ?? 'unknown'}${virtual}`],
    ['CPUs', `${cpu.online} online, ${cpu.allowed} allowed`],
    ['SMT', cpu.smt === null ? null : cpu.smt ? 'active' : 'not active'],
    ['governor', cpu.governor],
    ...mitigations(cpu.mitigations),
    ['CPU quota', limits.cgroup.cpuQuota === null ? null : `${limits.cgroup.cpuQuota} CPUs`],
    ['memory', bytes(memoryBytes)],
  ];
}

function mitigations(found: Mitigations | null): Entry[] {
  if (found === null) return [];
  const { mitigated, vulnerable } = condensed(found);
  const list = (names: readonly string[]) => (names.length === 0 ? 'none' : names.join(', '));
  return [
    ['CPU faults mitigated', list(mitigated)],
    ['CPU faults not mitigated', list(vulnerable)],
  ];
}

function placement(cell: Study['run']['plan']['cells'][number] | undefined): Entry[] {
  if (!cell) return [];
  const cpus = (list: readonly number[]) =>
    list.length === 0 ? null : `CPU ${formatCpuList(list)}`;
  return [
    ['server on', cpus(cell.serverCpus)],
    ['client on', cpus(cell.clientCpus)],
    ['address', [code(cell.host)]],
    ['backlog', whole(cell.backlog)],
    ['accept', cell.accept === 'reuseport' ? 'a listener for each loop' : null],
  ];
}

/** Null if no server has files. */
function fileSystems(records: Study['run']['records']): string | null {
  const types = new Set(records.flatMap(({ fileSystem }) => fileSystem ?? []));
  return [...types].join(', ') || null;
}

function limits({ limits }: Environment): Entry[] {
  const { descriptors, somaxconn, ephemeralPorts: ports, tcpTwReuse } = limits;
  return [
    ['descriptors', `${limitOf(descriptors.soft)} soft, ${limitOf(descriptors.hard)} hard`],
    ['somaxconn', whole(somaxconn)],
    ['tcp_max_syn_backlog', whole(limits.tcpMaxSynBacklog)],
    ['ephemeral ports', ports === null ? null : `${ports.low} to ${ports.high}`],
    ['tcp_tw_reuse', whole(tcpTwReuse)],
    ['max_map_count, pid_max', `${whole(limits.maxMapCount)}, ${whole(limits.pidMax)}`],
  ];
}

function tcp({ tcp }: Environment, congestion: string | null): Entry[] {
  const sizes = (buffer: BufferSizes | null) =>
    buffer && `${whole(buffer.min)}, ${whole(buffer.initial)}, ${whole(buffer.max)} bytes`;
  const pages = tcp.memory;
  return [
    ['TCP congestion control', congestionOf(tcp, congestion)],
    ['tcp_rmem', sizes(tcp.receiveBuffer)],
    ['tcp_wmem', sizes(tcp.sendBuffer)],
    [
      'tcp_mem',
      pages && `${whole(pages.low)}, ${whole(pages.pressure)}, ${whole(pages.high)} pages`,
    ],
    ['rmem_max, wmem_max', `${whole(tcp.receiveBufferMax)}, ${whole(tcp.sendBufferMax)} bytes`],
  ];
}

function congestionOf(tcp: TcpSettings, set: string | null): string | null {
  const { congestionControl: own, availableCongestionControls: available } = tcp;
  if (set !== null) return `${set}, set with --congestion; the system’s is ${own ?? 'unknown'}`;
  return own && `${own} (available: ${(available ?? []).join(', ')})`;
}

function limitOf(limit: Limit): string {
  return typeof limit === 'number' ? whole(limit) : (limit ?? 'unknown');
}
