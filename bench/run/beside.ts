/** The small load beside the measured one: it shows what the measured load does to others. */
import { setTimeout as sleep } from 'node:timers/promises';
import { distribution, totalCounts } from '../../lib/account/histogram.js';
import { keyOf, serversOf } from '../../lib/account/pairs.js';
import { rowPairs } from '../../lib/account/row-pairs.js';
import type { ServerRow } from '../../lib/account/server-rows.js';
import type { Recorded, ServerTransfer } from '../../lib/account/transfers.js';
import type { Machine } from '../../lib/catalog/ceilings.js';
import { type Client, type LoadReport, startClient } from '../../lib/load/client.js';
import { native } from '../../lib/native.js';
import type { Server } from '../../lib/server/server.js';
import { sumOf } from '../../lib/sums.js';
import type { Trial } from '../plan/schedule.js';
import type { Measurement } from '../record.js';
import { BESIDE_RATE } from '../services/beside.js';
import type { Evidence } from './evidence.js';
import { failuresByKind } from './failures.js';
import { loadSpec } from './specs.js';

/** An open loop, so that a blocked server doesn't slow down the questions. */
const INTERVAL_NS = 1e9 / BESIDE_RATE;
/** Time limit for the requests that are due when the measured load has ended. */
const CATCH_UP_MS = 5000;
const POLL_MS = 5;

/** Null if the cell has none. The client connects when it is started. */
export async function startBeside(
  trial: Trial,
  { address, port }: Pick<Server, 'address' | 'port'>,
  machine: Machine,
): Promise<Client | null> {
  const { besideOptions: options, service: name } = trial.cell;
  if (options === null) return null;
  return startClient({
    ...loadSpec(trial, address, port, machine),
    ...{ connections: 1, idle: 0, processes: 1, threads: 1, barrier: false },
    // A connection for each request, because a pool's worker serves a connection to its end.
    ...{ repeat: 0, perConnection: 1 },
    // It has no planned end, because it is ended with the measured load.
    ...{ intervalNs: INTERVAL_NS, poisson: false, durationNs: 0, warmupNs: 0 },
    ...{ protocol: { name, options }, listsTransfers: false },
  });
}

/**
 * Ends the load beside after the measured one. What was due by then is still answered, because otherwise the requests
 * that waited longest would be missing. `began`: ns on CLOCK_MONOTONIC.
 */
export async function endBeside(client: Client, began: number): Promise<LoadReport> {
  const due = Math.max(1, Math.floor((native.now() - began) / INTERVAL_NS));
  const deadline = performance.now() + CATCH_UP_MS;
  while (performance.now() < deadline) {
    const { requests, failures } = await client.progress();
    // Its only client ends with a failure.
    if (requests >= due || failures > 0) break;
    await sleep(POLL_MS);
  }
  await client.abort();
  return client.finish();
}

/** Its figures; null if there is none. */
export function besideOf({ beside }: Evidence): Measurement['beside'] {
  if (!beside) return null;
  const { interrupted: _, ...failures } = failuresByKind(beside.rows);
  return {
    requests: sumOf(beside.rows, (row) => row.requests),
    failuresByKind: failures,
    latency: distribution(totalCounts(beside.response)),
  };
}

/** Of the server's rows and transfers, those of the measured load, and the rows of the load beside. */
export function apart(
  load: LoadReport,
  beside: LoadReport | undefined,
  rows: readonly ServerRow[],
  transfers: Recorded<ServerTransfer>,
) {
  if (!beside) return { serverRows: rows, serverTransfers: transfers };
  // Both loads are joined, because a port may have been used by one after the other.
  const joined = rowPairs([...load.rows, ...beside.rows], rows, false);
  const others = serversOf(joined, new Set(beside.rows));
  const keys = new Set([...others].map(serverKey));
  return {
    serverRows: rows.filter((row) => !others.has(row)),
    serverTransfers: {
      ...transfers,
      rows: transfers.rows.filter((row) => !keys.has(serverKey(row))),
    },
    besideRows: rows.filter((row) => others.has(row)),
  };
}

function serverKey({ remoteAddress, remotePort, opened }: ServerRow | ServerTransfer): string {
  return keyOf({ address: remoteAddress, port: remotePort, opened });
}
