/** The server's totals per client host. */
import { stringify } from 'csv-stringify/sync';
import type { ServerRow } from '../../lib/account/server-rows.js';
import { namesOf } from './host-names.js';

export interface HostTotals {
  readonly connections: number;
  readonly requests: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

interface Host extends HostTotals {
  readonly address: string;
  /** The host's name, or its address if it has none. */
  readonly name: string;
}

/** By address. Grows with the number of hosts, not of connections. */
export type Hosts = Map<string, HostTotals>;

export const NO_TRAFFIC: HostTotals = { connections: 0, requests: 0, bytesIn: 0, bytesOut: 0 };

/** Time limit, so that a name server that doesn't answer can't block the list. */
const NAME_TIMEOUT_MS = 2000;

export function addRow(total: HostTotals, row: ServerRow): HostTotals {
  return {
    connections: total.connections + 1,
    requests: total.requests + row.requests,
    bytesIn: total.bytesIn + row.bytesIn,
    bytesOut: total.bytesOut + row.bytesOut,
  };
}

/** Skips connections without an address, which were reset before they were accepted. */
export function addRows(hosts: Hosts, rows: readonly ServerRow[]): void {
  for (const row of rows) {
    const { remoteAddress } = row;
    if (remoteAddress === '') continue;
    hosts.set(remoteAddress, addRow(hosts.get(remoteAddress) ?? NO_TRAFFIC, row));
  }
}

export async function namedHosts(hosts: Hosts): Promise<readonly Host[]> {
  const names = await namesOf(hosts.keys(), NAME_TIMEOUT_MS);
  return [...hosts].map(([address, totals]) => ({
    address,
    name: names.get(address) ?? address,
    ...totals,
  }));
}

/** The content of hosts.csv. */
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
