/** The files of `serve`: server.csv, which grows as connections close, and hosts.csv, written at the end. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServerRow } from '../../lib/account/server-rows.js';
import { openGrowingFile } from './growing-file.js';
import type { Names } from './host-names.js';
import {
  addRow,
  addRows,
  type Hosts,
  type HostTotals,
  hostTable,
  NO_TRAFFIC,
  namedHosts,
} from './hosts.js';
import { serverHeader, serverLines } from './tables.js';
import { writing } from './writing.js';

export interface ServerTotals extends HostTotals {
  readonly hosts: number;
}

interface ListOptions {
  /** When the server began to listen, ns on CLOCK_MONOTONIC. */
  readonly started: number;
  /** Whether the list has a column for the names of hosts. */
  readonly named: boolean;
}

/** Keeps only sums in memory, no rows. */
interface ServerList {
  /** Takes rows of closed connections. Resolves when they are on the disk. */
  append(rows: readonly ServerRow[], names: Names): Promise<void>;
  /** Writes hosts.csv. */
  finish(): Promise<ServerTotals>;
  /** Must be called at the end, also after a write has failed. */
  close(): Promise<void>;
}

export async function openServerList(directory: string, options: ListOptions): Promise<ServerList> {
  const file = await openGrowingFile(join(directory, 'server.csv'), serverHeader(options.named));
  const hosts: Hosts = new Map();
  let total = NO_TRAFFIC;
  return {
    append: async (rows, names) => {
      if (rows.length === 0) return;
      const { started, named } = options;
      const columns = { started, names: named ? names : null, before: total.connections };
      // In the order of closing; the rows of several loops are not sorted.
      const inOrder = rows.toSorted((a, b) => a.closed - b.closed);
      await file.append(serverLines(inOrder, columns));
      total = rows.reduce(addRow, total);
      addRows(hosts, rows);
    },
    finish: async () => {
      const hostsPath = join(directory, 'hosts.csv');
      await writing(hostsPath, writeFile(hostsPath, hostTable(await namedHosts(hosts))));
      return { ...total, hosts: hosts.size };
    },
    close: () => file.close(),
  };
}
