/** Writes the files of one trial: the tables of both sides, and latencies as HDR histograms. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toHistogram, totalCounts } from '../../lib/account/histogram.js';
import { joinTransfers } from '../../lib/account/join-transfers.js';
import { queueingDelays } from '../../lib/account/queueing.js';
import { clientAccount, serverAccount } from '../../lib/account/reconcile-transfers.js';
import type { ServerRow } from '../../lib/account/server-rows.js';
import type { LoadReport } from '../../lib/load/client.js';
import { native } from '../../lib/native.js';
import type { TrialRecord } from '../record.js';
import type { TrialResult } from '../run/run.js';
import { writeIntervalLog, writePercentiles } from './hdr-files.js';
import { addRows, type Hosts, hostTable, namedHosts } from './hosts.js';
import { joinedTransferTable } from './joined-transfers-table.js';
import { slicesTable } from './slices-table.js';
import { BESIDE_TABLE, clientTable, serverTable, UNTIMED_TABLE, untimedTable } from './tables.js';
import { clientTransferTable, serverTransferTable } from './transfer-tables.js';

/** Longest server name in a file name, because a command can be long. */
const LONGEST_NAME = 40;

/** The directory of one trial's files in its run's directory. */
export function trialDirectory(path: string, { trial, server, connections }: TrialRecord): string {
  const name = server.replace(/[^\w.-]+/g, '-').slice(0, LONGEST_NAME);
  return join(path, 'trials', `${trial}-${name}-${connections}`);
}

export async function writeTrial(directory: string, result: TrialResult): Promise<void> {
  const { record, load, beside, untimed, control, slices, serverStarted } = result;
  await makeDirectory(directory);
  await writeServer(directory, result);
  if (slices) await writeFile(join(directory, 'slices.csv'), slicesTable(slices, serverStarted));
  if (control) await writeChunks(join(directory, 'control-clients.csv'), clientTable(control.rows));
  if (beside) await writeChunks(join(directory, BESIDE_TABLE), clientTable(beside.rows));
  if (untimed.length > 0) await writeChunks(join(directory, UNTIMED_TABLE), untimedTable(untimed));
  if (load) {
    await writeClient(directory, load, result);
    await writeLatencies(directory, load, record);
  } else if (untimed.length > 0) {
    // `reconcile` finds the table of untimed connections beside this one.
    await writeChunks(join(directory, 'clients.csv'), clientTable([]));
  }
}

async function writeLatencies(
  directory: string,
  load: LoadReport,
  record: TrialRecord,
): Promise<void> {
  const write = (name: string, what: 'service' | 'response') =>
    writeLatency(join(directory, name), load, record, what);
  if (record.rate === 0) return write('latency', 'service');
  await write('latency', 'response');
  await write('service', 'service');
}

async function writeServer(directory: string, result: TrialResult): Promise<void> {
  const { serverRows, serverTransfers, serverStarted } = result;
  if (serverRows && serverRows.length > 0) {
    await writeChunks(join(directory, 'server.csv'), serverTable(serverRows, serverStarted));
    await writeFile(join(directory, 'hosts.csv'), await hostsOf(serverRows));
  }
  if (serverTransfers && serverTransfers.rows.length > 0)
    await writeChunks(
      join(directory, 'server-transfers.csv'),
      serverTransferTable(serverTransfers.rows, serverStarted),
    );
}

/** `serverStarted`: 0 if the server is not of this trial; times then count from the first connect(). */
async function writeClient(
  directory: string,
  { rows, transfers }: LoadReport,
  { serverRows, serverTransfers, rowsLost, serverStarted }: TrialResult,
): Promise<void> {
  const write = (name: string, lines: Iterable<string>) =>
    writeChunks(join(directory, name), lines);
  const queueing = serverRows && queueingDelays(rows, serverRows, rowsLost);
  await write('clients.csv', clientTable(rows, queueing));
  if (transfers.rows.length === 0) return;
  const first = rows.reduce((least, { opened }) => Math.min(least, opened), Infinity);
  const lines = clientTransferTable(transfers.rows, rows, serverStarted || first);
  await write(serverStarted > 0 ? 'client-transfers.csv' : 'transfers.csv', lines);
  if (!serverRows || !serverTransfers) return;
  const mine = clientAccount(rows, transfers);
  const joined = joinTransfers(mine, serverAccount(serverRows, serverTransfers), rowsLost);
  await write('joined-transfers.csv', joinedTransferTable([...joined], serverStarted));
}

/** It exists if the trial is repeated. Not `recursive`, with which it never returns if the working directory was deleted. */
async function makeDirectory(path: string): Promise<void> {
  await mkdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}

async function hostsOf(rows: readonly ServerRow[]): Promise<string> {
  const hosts: Hosts = new Map();
  addRows(hosts, rows);
  return hostTable(await namedHosts(hosts));
}

/** `path`: without the extension. */
async function writeLatency(
  path: string,
  load: LoadReport,
  { trial, server, connections, startedAt, measurement }: TrialRecord,
  what: 'service' | 'response',
): Promise<void> {
  const intervals = load[what];
  await writeIntervalLog(`${path}.hlog`, intervals, {
    startEpochMs: secondsStart(load) ?? Date.parse(startedAt),
    seconds: Math.floor(measurement?.windowS ?? 0),
    comments: [`c10k, trial ${trial}: ${server}, ${connections} connections, ${what} time`],
  });
  const all = totalCounts(intervals);
  await writePercentiles(`${path}.hgrm`, toHistogram(all));
}

/** Start of second 0 of the latencies, in ms since the epoch; null if traffic never began. */
function secondsStart({ windows }: LoadReport): number | null {
  const starts = windows.map((window) => window.secondsStart).filter((start) => start > 0);
  if (starts.length === 0) return null;
  return Date.now() - (native.now() - Math.min(...starts)) / 1e6;
}

async function writeChunks(path: string, chunks: Iterable<string>): Promise<void> {
  const file = createWriteStream(path);
  for (const chunk of chunks) if (!file.write(chunk)) await once(file, 'drain');
  file.end();
  await once(file, 'finish');
}
