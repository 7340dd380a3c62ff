/** Controls all processes of a server; if one dies, the records of the others remain available. */

import { type Counts, counts, sumCounts } from '../account/counts.js';
import { rowsOf, type ServerRow } from '../account/server-rows.js';
import {
  mergeRecorded,
  type Recorded,
  type ServerTransfer,
  serverTransfers,
} from '../account/transfers.js';
import type { Remote } from '../remote.js';
import type { Observed } from './observed.js';
import type { Server, ServerSnapshot } from './server.js';
import type { ProcessMethods, ProcessSnapshot } from './server-process.js';

type ServerProcess = Remote<ProcessMethods>;

export interface Led {
  readonly processes: readonly ServerProcess[];
  /** The number of loops per process. */
  readonly loops: number;
  /** The processes, with those that they start. */
  readonly observed: Observed;
}

export function leadProcesses(
  { processes, loops, observed }: Led,
  at: Pick<Server, 'address' | 'port' | 'started'>,
): Server {
  const { cpuSource, cpuTime, memory, ownMemory, threads } = observed;
  const stopped = new Set<ServerProcess>();
  const { rows, takeTransfers } = tablesOf(processes, loops);
  const stop = async () => {
    const rest = await rows('stop');
    for (const one of processes) if (!one.hasEnded()) stopped.add(one);
    await Promise.all(processes.map((one) => one.release()));
    await observed.release();
    return rest;
  };
  let stopping: ReturnType<typeof stop> | undefined;
  return {
    ...at,
    ...{ cpuSource, cpuTime, memory, ownMemory, threads },
    get pids() {
      return observed.pids();
    },
    ended: firstDeath(processes, stopped),
    snapshot: async () => {
      const each = await askAll(processes, 'snapshot');
      return { ...addUp(each, loops), ...observed.usage(each) };
    },
    takeRows: () => rows('rows'),
    takeTransfers,
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
    kill: () => {
      for (const one of processes) one.kill();
      observed.kill();
      Promise.all(processes.map((one) => one.ended)).then(observed.release);
    },
  };
}

/** Fetches the rows of all processes and, with them, the transfers. */
function tablesOf(processes: readonly ServerProcess[], loops: number) {
  const fetched: Recorded<ServerTransfer>[] = [];
  return {
    rows: async (method: 'rows' | 'stop'): Promise<readonly ServerRow[]> => {
      const tables = await askAll(processes, method);
      for (const table of tables) if (table) fetched.push(serverTransfers(table.transfers));
      return tables.flatMap((table, i) => (table ? rowsOf(table.rows, i * loops) : []));
    },
    takeTransfers: () => mergeRecorded(fetched.splice(0)),
  };
}

/** Resolves when a process ends without having been stopped. */
function firstDeath(
  processes: readonly ServerProcess[],
  stopped: ReadonlySet<ServerProcess>,
): Promise<Error> {
  return new Promise((resolve) => {
    for (const one of processes)
      one.ended.then((error) => {
        if (!stopped.has(one)) resolve(error);
      });
  });
}

/**
 * The answer of each process; undefined from a dead one. Rejects if all are dead or a live one
 * fails.
 */
async function askAll<K extends keyof ProcessMethods>(
  processes: readonly ServerProcess[],
  method: K & ('snapshot' | 'rows' | 'stop'),
): Promise<readonly (Awaited<ReturnType<ProcessMethods[K]>> | undefined)[]> {
  const answers = await Promise.allSettled(
    processes.map((one) => one.call(method, ...([] as never))),
  );
  const allDead = processes.every((one) => one.hasEnded());
  return answers.map((answer, i) => {
    if (answer.status === 'fulfilled') return answer.value;
    if (allDead || !processes[i]?.hasEnded()) throw answer.reason;
    return undefined;
  });
}

/** For a dead process counts are null, and so are the sums. */
function addUp(
  each: readonly (ProcessSnapshot | undefined)[],
  loops: number,
): Pick<ServerSnapshot, 'total' | 'loops'> {
  const unknown: readonly Counts[] = Array.from({ length: loops }, () => counts({}));
  const loopCounts = each.flatMap((one) => one?.loops ?? unknown);
  return { total: sumCounts(loopCounts), loops: loopCounts };
}
