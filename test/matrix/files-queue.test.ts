/** A pool of one worker serves clients one after another, and the queueing delay contains the service of those before. */
import t from 'tap';
import { plan } from '../../bench/plan/plan.js';
import { schedule } from '../../bench/plan/schedule.js';
import { run } from '../../bench/run/run.js';
import { performOn } from '../../bench/run/trial.js';
import { files } from '../../bench/services/files/files.js';
import { queueingDelays } from '../../lib/account/queueing.js';
import { readMachine } from '../../lib/catalog/ceilings.js';
import { allowedCpus, splitCpus } from '../../lib/system/cpus.js';
import { OPTIONS } from '../support/cells.js';

const machine = readMachine();
const { server: serverCpus, client: clientCpus } = splitCpus(allowedCpus());
const OBSERVER = { trial: () => ({ phase: () => {} }), ended: () => {} };
const CLIENTS = 20;

for (const op of ['upload', 'download'] as const)
  t.test(`${op}: all clients are served, in turn`, async (t) => {
    const loads = files.loads({ op: [op], size: [1e6] });
    const load = { service: 'files', loads, connections: [CLIENTS], repeat: 1, workers: [1] };
    const servers = ['thread-pool', 'process-pool'];
    const made = plan({ ...OPTIONS, ...load, servers, serverCpus, clientCpus }, machine);
    const never = new AbortController().signal;
    for await (const result of run(schedule(made), performOn(machine), OBSERVER, never)) {
      const { record, serverTransfers, serverRows, rowsLost } = result;
      if (record.server === 'control') continue;
      t.strictSame(record.verdict.problems, [], record.server);
      t.match(record.measurement?.clients, { succeeded: CLIENTS, failed: 0, retries: 0 });
      const transfers = (serverTransfers?.rows ?? []).toSorted((a, b) => a.began - b.began);
      t.equal(transfers.length, CLIENTS);
      for (const [i, { began }] of transfers.entries())
        t.ok(i === 0 || began >= (transfers[i - 1]?.ended ?? 0), `${record.server}: in turn`);
      const delays = queueingDelays(result.load?.rows ?? [], serverRows ?? [], rowsLost);
      const waited = transfers.slice(0, -1).reduce((sum, each) => sum + each.ended - each.began, 0);
      // Whoever is served last has waited for all others.
      t.ok(Math.max(...delays.values()) >= waited, `${record.server}: the longest delay`);
    }
  });
