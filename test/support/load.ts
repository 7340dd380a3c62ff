/** Small loads for tests, run through their phases. */
import type { Test } from 'tap';
import { type Client, type LoadReport, type LoadSpec, startClient } from '../../lib/load/client.js';
import { allowedCpus } from '../../lib/system/cpus.js';
import { echoProtocol } from './echo-protocol.js';
import { HOST } from './host.js';
import './plain-node.js';

export const TEXT = 'This is the payload';

const DEFAULTS: Omit<LoadSpec, 'port'> = {
  host: HOST,
  sources: [],
  connections: 1,
  idle: 0,
  threads: 1,
  repeat: 1,
  perConnection: 0,
  retries: 0,
  barrier: true,
  durationNs: 0,
  warmupNs: 0,
  timeoutNs: 60e9,
  stallNs: 0,
  intervalNs: 0,
  poisson: false,
  lifetime: { kind: 'none' },
  protocol: echoProtocol({ kind: 'text', text: TEXT }),
  seed: 1,
  processes: 1,
  cpus: allowedCpus(),
};

/** Client processes, killed at the end of the test; nothing is connected yet. */
export async function prepare(
  t: Test,
  port: number,
  wanted: Partial<LoadSpec> = {},
): Promise<Client> {
  const client = await startClient({ ...DEFAULTS, port, ...wanted });
  t.teardown(() => client.kill());
  return client;
}

/** Runs a load from its first connect() to its report. */
export async function runLoad(
  t: Test,
  port: number,
  wanted: Partial<LoadSpec> = {},
  whenConnected: () => Promise<void> = async () => {},
): Promise<LoadReport> {
  const client = await prepare(t, port, wanted);
  await client.start();
  await client.connected();
  await whenConnected();
  if (wanted.barrier ?? DEFAULTS.barrier) await client.go();
  await client.drained();
  return client.finish();
}

/** The sum of a column. */
export function sumOf<Row>(rows: readonly Row[], get: (row: Row) => number): number {
  return rows.reduce((sum, row) => sum + get(row), 0);
}
