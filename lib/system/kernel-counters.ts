/**
 * The kernel's TCP counters of drops and retransmissions: /proc/net/netstat and snmp, see proc(5).
 */

import { readText } from './procfs.js';

/** The kernel's names of the counters. All count since boot, per network namespace. */
const SOURCES = {
  /**
   * Connections dropped because the accept queue was full: the backlog is too small or accept too
   * slow.
   */
  listenOverflows: 'TcpExt:ListenOverflows',
  /** SYNs and handshakes dropped by listeners, including overflows. */
  listenDrops: 'TcpExt:ListenDrops',
  /** SYNs dropped because the SYN queue was full. */
  reqQFullDrop: 'TcpExt:TCPReqQFullDrop',
  /** SYNs answered with a cookie because the SYN queue was full. */
  reqQFullDoCookies: 'TcpExt:TCPReqQFullDoCookies',
  retransmittedSegments: 'Tcp:RetransSegs',
  /** Retransmitted SYNs and SYN-ACKs: each delays its connection by a second or more. */
  synRetransmits: 'TcpExt:TCPSynRetrans',
  timeouts: 'TcpExt:TCPTimeouts',
  /** Handshakes that failed: refused, reset or timed out. */
  attemptFails: 'Tcp:AttemptFails',
  /** Established connections that ended by a reset. */
  estabResets: 'Tcp:EstabResets',
  outResets: 'Tcp:OutRsts',
  /** Connections aborted because of TCP memory or the orphan limit. */
  abortOnMemory: 'TcpExt:TCPAbortOnMemory',
  /** TIME_WAIT sockets destroyed because of tcp_max_tw_buckets. */
  timeWaitOverflow: 'TcpExt:TCPTimeWaitOverflow',
} as const;

export type KernelCounterName = keyof typeof SOURCES;

/** Null: this kernel lacks or hides the counter. */
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
 * Parses the two-line format, names above values, to `Group:Name` → value. Looks up columns by
 * name, because they differ between kernels. A sandbox may show names without values.
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

/** The differences between two readings in one network namespace; null if either is null. */
export function kernelCounterDelta(before: KernelCounters, after: KernelCounters): KernelCounters {
  return tabulate((name) => {
    const [from, to] = [before[name], after[name]];
    return from === null || to === null ? null : to - from;
  });
}
