/** A worker process of a pool is killed with a transfer: its client retries elsewhere, and what the worker alone knew is unknown. */
import { readFileSync } from 'node:fs';
import t from 'tap';
import { plan } from '../../bench/plan/plan.js';
import { schedule } from '../../bench/plan/schedule.js';
import { run } from '../../bench/run/run.js';
import { performOn } from '../../bench/run/trial.js';
import { files } from '../../bench/services/files/files.js';
import { readMachine } from '../../lib/catalog/ceilings.js';
import { allowedCpus, splitCpus } from '../../lib/system/cpus.js';
import { OPTIONS } from '../support/cells.js';
import { childrenOf } from '../support/children.js';

const machine = readMachine();
const { server: serverCpus, client: clientCpus } = splitCpus(allowedCpus());
const CLIENTS = 12;

function serverProcesses(): number[] {
  return childrenOf(process.pid).filter((pid) =>
    readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('lib/server/server-process.js'),
  );
}

/** At the barrier each worker has accepted one connection. */
function killAtTraffic(phase: string): void {
  if (phase === 'measuring') process.kill(serverProcesses()[0] as number, 'SIGKILL');
}

for (const op of ['upload', 'download'] as const)
  t.test(`${op}: every client succeeds, and the lost rows are unknown`, async (t) => {
    const loads = files.loads({ op: [op], size: [1e6] });
    const load = { service: 'files', loads, connections: [CLIENTS], repeat: 1, retries: 3 };
    const pool = { servers: ['process-pool'], workers: [4], serverCpus, clientCpus };
    const trials = schedule(plan({ ...OPTIONS, ...load, ...pool }, machine));
    const [trial] = trials.filter(({ cell }) => cell.server === 'process-pool');
    if (!trial) throw new Error('nothing to run');
    const observer = { trial: () => ({ phase: killAtTraffic }), ended: () => {} };
    const never = new AbortController().signal;
    for await (const { record } of run([trial], performOn(machine), observer, never)) {
      const { verdict, measurement, error } = record;
      t.equal(error, null);
      t.strictSame(
        verdict.problems.map(({ kind }) => kind),
        ['server process died'],
      );
      t.match(measurement?.clients, { succeeded: CLIENTS, failed: 0, retries: 1 });
      t.match(measurement?.reconciliation, { mismatches: 0, unknown: 1 });
      t.match(measurement?.transfers?.reconciliation, { mismatches: 0 });
      t.equal(measurement?.wrongTransfers, 0);
    }
  });
