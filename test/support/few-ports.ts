/** A network namespace with 64 ephemeral ports, set up when this is imported, and the rows of runs in it. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

export const PORTS = 64;
/** Not in 127.0.0.0/8, so that no other source address adds ports. */
export const ADDRESS = '192.0.2.1';
const SYSCTL = '/proc/sys/net/ipv4';

execFileSync('ip', ['link', 'set', 'lo', 'up']);
execFileSync('ip', ['address', 'add', `${ADDRESS}/32`, 'dev', 'lo']);
writeFileSync(`${SYSCTL}/ip_local_port_range`, `40000 ${40_000 + PORTS - 1}`);
writeFileSync(`${SYSCTL}/tcp_tw_reuse`, '0');

export type Row = Readonly<Record<'error' | 'requests' | 'local_address', string>>;

export function clients(directory: string, trial: string): readonly Row[] {
  const file = join(directory, 'run', 'trials', trial, 'clients.csv');
  return parse(readFileSync(file, 'utf8'), { columns: true }) as Row[];
}

export function countBy(rows: readonly Row[], key: keyof Row): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const row of rows) counts[row[key]] = (counts[row[key]] ?? 0) + 1;
  return counts;
}
