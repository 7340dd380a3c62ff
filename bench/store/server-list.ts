/** The files of `serve`: server.csv, which grows as connections close, and hosts.csv, written at the end. */
import { type FileHandle, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServerRow } from '../../lib/account/server-rows.js';
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

/** Keeps only sums in memory, no rows. */
interface ServerList {
  /** Resolves when the rows are passed to the system, so that they survive the end of this process. */
  append(rows: readonly ServerRow[]): Promise<void>;
  /** Writes hosts.csv. */
  finish(): Promise<ServerTotals>;
  /** Must be called at the end, also after a write has failed. */
  close(): Promise<void>;
}

/** `started`: when the server began to listen, ns on CLOCK_MONOTONIC. */
export async function openServerList(directory: string, started: number): Promise<ServerList> {
  const path = join(directory, 'server.csv');
  const file = await writing(path, open(path, 'wx'));
  const hosts: Hosts = new Map();
  let total = NO_TRAFFIC;
  await writing(path, file.writeFile(serverHeader())).catch(async (error) => {
    await file.close();
    throw error;
  });
  return {
    append: async (rows) => {
      await writing(path, appendRows(file, rows, started, total.connections));
      total = rows.reduce(addRow, total);
      addRows(hosts, rows);
    },
    finish: async () => {
      const named = await namedHosts(hosts);
      const hostsPath = join(directory, 'hosts.csv');
      await writing(hostsPath, writeFile(hostsPath, hostTable(named)));
      return { ...total, hosts: hosts.size };
    },
    close: () => file.close(),
  };
}

/** In the order of closing; the rows of several loops are not sorted. */
async function appendRows(
  file: FileHandle,
  rows: readonly ServerRow[],
  started: number,
  before: number,
): Promise<void> {
  const inOrder = rows.toSorted((a, b) => a.closed - b.closed);
  for (const lines of serverLines(inOrder, started, before)) await file.writeFile(lines);
}
