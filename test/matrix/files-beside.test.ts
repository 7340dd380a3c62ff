/** A list load beside uploads, on every kind of server: both loads are reconciled, and each has its figures. */
import t from 'tap';
import { plan } from '../../bench/plan/plan.js';
import { schedule } from '../../bench/plan/schedule.js';
import { run } from '../../bench/run/run.js';
import { performOn } from '../../bench/run/trial.js';
import { files } from '../../bench/services/files/files.js';
import { readMachine } from '../../lib/catalog/ceilings.js';
import { allowedCpus, splitCpus } from '../../lib/system/cpus.js';
import { OPTIONS } from '../support/cells.js';

const machine = readMachine();
const { server: serverCpus, client: clientCpus } = splitCpus(allowedCpus());
const OBSERVER = { trial: () => ({ phase: () => {} }), ended: () => {} };

const SERVERS = ['control', 'epoll', 'io_uring', 'threads', 'process-pool', 'workers', 'libuv'];
for (const wire of ['base64', 'raw'] as const)
  t.test(`${wire}: uploads and lists`, async (t) => {
    const loads = files.loads({ op: ['upload'], size: [1e6], wire: [wire], beside: 'list' });
    const load = { service: 'files', loads, connections: [3], repeat: 2, workers: [2] };
    const made = plan({ ...OPTIONS, ...load, servers: SERVERS, serverCpus, clientCpus }, machine);
    const never = new AbortController().signal;
    for await (const { record } of run(schedule(made), performOn(machine), OBSERVER, never)) {
      const { server, measurement, verdict, error } = record;
      t.strictSame([error, verdict.problems], [null, []], server);
      t.match(measurement?.beside, { failuresByKind: {} }, server);
      t.ok((measurement?.beside?.requests ?? 0) >= 1, server);
      t.match(measurement?.clients, { succeeded: 3, failed: 0 }, server);
      if (server === 'control') continue;
      t.match(measurement?.transfers?.server, { transfers: 6 }, server);
      t.ok((measurement?.reconciliation?.compared ?? 0) >= 4, server);
    }
  });
