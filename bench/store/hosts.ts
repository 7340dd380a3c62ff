/** The server's clients by host: what each asked for, and was sent. */
import { lookupService } from 'node:dns/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'csv-stringify/sync';
import type { ServerRow } from '../../lib/server/table.js';

export interface Host {
  readonly address: string;
  /** Its name, or its address where it has none. */
  readonly name: string;
  readonly connections: number;
  readonly requests: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

/** A name server that doesn't answer must not hold up the list. */
const NAME_TIMEOUT_MS = 2000;

export async function byHost(rows: readonly ServerRow[]): Promise<readonly Host[]> {
  const groups = new Map<string, ServerRow[]>();
  for (const row of rows) {
    const group = groups.get(row.remoteAddress);
    if (group) group.push(row);
    else groups.set(row.remoteAddress, [row]);
  }
  return Promise.all(
    [...groups].map(async ([address, own]) => {
      const total = (get: (row: ServerRow) => number) =>
        own.reduce((sum, row) => sum + get(row), 0);
      return {
        address,
        name: await nameOf(address),
        connections: own.length,
        requests: total((row) => row.requests),
        bytesIn: total((row) => row.bytesIn),
        bytesOut: total((row) => row.bytesOut),
      };
    }),
  );
}

export function hostTable(hosts: readonly Host[]): string {
  return stringify(
    hosts.map((host) => [
      host.name,
      host.address,
      host.connections,
      host.requests,
      host.bytesIn,
      host.bytesOut,
    ]),
    {
      header: true,
      columns: ['host_name', 'address', 'connections', 'requests', 'bytes_in', 'bytes_out'],
    },
  );
}

async function nameOf(address: string): Promise<string> {
  const name = lookupService(address, 0).then(
    ({ hostname }) => hostname,
    () => address,
  );
  return Promise.race([name, sleep(NAME_TIMEOUT_MS, address, { ref: false })]);
}
