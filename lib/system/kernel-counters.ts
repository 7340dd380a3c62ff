/** TCP's own account of what it dropped and sent again: /proc/net/netstat and snmp, see proc(5). */

import { readText } from './procfs.js';

/** Where the kernel keeps each counter. All count since boot, per network namespace. */
const SOURCES = {
  /** Connections refused a place in a full accept queue: a backlog too small, or a slow accept. */
  listenOverflows: 'TcpExt:ListenOverflows',
  /** Every SYN or handshake that a listener dropped, overflows included. */
  listenDrops: 'TcpExt:ListenDrops',
  /** SYNs dropped as the SYN queue was full. */
  reqQFullDrop: 'TcpExt:TCPReqQFullDrop',
  /** SYNs answered with a cookie as the SYN queue was full. */
  reqQFullDoCookies: 'TcpExt:TCPReqQFullDoCookies',
  retransmittedSegments: 'Tcp:RetransSegs',
  /** SYNs and SYN-ACKs sent again: each holds its connection up by a second or more. */
  synRetransmits: 'TcpExt:TCPSynRetrans',
  timeouts: 'TcpExt:TCPTimeouts',
  /** Handshakes that failed: refused, reset or timed out. */
  attemptFails: 'Tcp:AttemptFails',
  /** Established connections that ended by a reset. */
  estabResets: 'Tcp:EstabResets',
  outResets: 'Tcp:OutRsts',
  /** Connections killed for want of TCP memory or by the limit on orphans. */
  abortOnMemory: 'TcpExt:TCPAbortOnMemory',
  /** TIME_WAIT sockets that tcp_max_tw_buckets left no room for. */
  timeWaitOverflow: 'TcpExt:TCPTimeWaitOverflow',
} as const;

export type KernelCounterName = keyof typeof SOURCES;

/** Null: this kernel doesn't keep the counter, or doesn't show it. */
export type KernelCounters = { readonly [Name in KernelCounterName]: number | null };

export const KERNEL_COUNTER_NAMES = Object.keys(SOURCES) as KernelCounterName[];

function tabulate(count: (name: KernelCounterName) => number | null): KernelCounters {
  return Object.fromEntries(
    KERNEL_COUNTER_NAMES.map((name) => [name, count(name)]),
  ) as KernelCounters;
}

/** Splits `Group: a b c`; null for a line of another form. */
function parseLine(line: string | undefined) {
  const [group, ...words] = line?.trim().split(/\s+/) ?? [];
  return group?.endsWith(':') ? { group, words } : null;
}

/**
 * Reads the two-line format, names above values, to `Group:Name` → value. By name alone: the
 * columns differ from kernel to kernel, and a sandbox may show the names without values.
 */
export function parseCounterTable(text: string): ReadonlyMap<string, number> {
  const table = new Map<string, number>();
  const lines = text.split('\n').map(parseLine);
  lines.forEach((names, row) => {
    const values = lines[row + 1];
    if (!names || names.group !== values?.group) return;
    names.words.forEach((name, column) => {
      const value = values.words[column] ?? '';
      if (/^-?\d+$/.test(value)) table.set(names.group + name, Number(value));
    });
  });
  return table;
}

/** The counters in the text of /proc/net/netstat and /proc/net/snmp. */
export function parseKernelCounters(netstat: string | null, snmp: string | null): KernelCounters {
  const table = new Map([...parseCounterTable(netstat ?? ''), ...parseCounterTable(snmp ?? '')]);
  return tabulate((name) => table.get(SOURCES[name]) ?? null);
}

export function readKernelCounters(): KernelCounters {
  return parseKernelCounters(readText('/proc/net/netstat'), readText('/proc/net/snmp'));
}

/** What was counted between two readings in one network namespace; null where either lacks it. */
export function kernelCounterDelta(before: KernelCounters, after: KernelCounters): KernelCounters {
  return tabulate((name) => {
    const [from, to] = [before[name], after[name]];
    return from === null || to === null ? null : to - from;
  });
}
