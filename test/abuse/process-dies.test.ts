/** One of several server processes is killed during a trial: the trial is invalid, and lost values are unknown. */

import { readFileSync } from 'node:fs';
import t from 'tap';
import { plan } from '../../bench/plan/plan.js';
import { schedule } from '../../bench/plan/schedule.js';
import { sentences } from '../../bench/report/text/facts.js';
import { run } from '../../bench/run/run.js';
import { performOn } from '../../bench/run/trial.js';
import type { Watch } from '../../bench/run/watch.js';
import { echoWording } from '../../bench/services/echo/wording.js';
import { serviceNamed } from '../../bench/services/registry.js';
import { recordFaults } from '../../bench/store/schema/faults.js';
import { readMachine } from '../../lib/catalog/ceilings.js';
import type { LoadProgress } from '../../lib/native-data.js';
import { allowedCpus, splitCpus } from '../../lib/system/cpus.js';
import { OPTIONS } from '../support/cells.js';
import { childrenOf } from '../support/children.js';
import { eventually } from '../support/eventually.js';

const machine = readMachine();
const cpus = splitCpus(allowedCpus());
const HOST_PROGRAM = 'lib/server/server-process.js';

/** In starting order: the server under test comes before the control. */
function serverProcesses(): number[] {
  return childrenOf(process.pid).filter((pid) =>
    readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(HOST_PROGRAM),
  );
}

for (const slices of ['on', 'off'] as const)
  t.test(`slices ${slices}: the CPU time of a process that died is unknown`, async (t) => {
    const load = { connections: [6], processes: 2, repeat: 0, durationNs: 300e6, timeoutNs: 2e9 };
    const where = { serverCpus: cpus.server, clientCpus: cpus.client };
    const [trial] = schedule(plan({ ...OPTIONS, ...load, ...where, slices }, machine)).filter(
      ({ cell }) => cell.server === 'epoll',
    );
    if (!trial) throw new Error('nothing to run');
    const killAtTraffic = (phase: string) => {
      if (phase === 'measuring') process.kill(serverProcesses()[0] as number, 'SIGKILL');
    };
    const observer = { trial: () => ({ phase: killAtTraffic }), ended: () => {} };
    const never = new AbortController().signal;
    for await (const { record } of run([trial], performOn(machine), observer, never)) {
      const { verdict, measurement } = record;
      t.notOk(verdict.valid);
      t.match(
        sentences(verdict.problems, echoWording).join(),
        /the epoll server process ended early \(SIGKILL\)/,
      );
      t.notMatch(sentences(verdict.problems, echoWording).join(), /can't be/);
      t.equal(measurement?.efficiency, null);
      t.equal(measurement?.roles.server?.cpu, null);
      const stored = JSON.parse(JSON.stringify({ run: 'id', ...record }));
      t.equal((await recordFaults())(stored), null, 'the result matches the schema');
    }
  });

t.test('transfers recorded only by the dead process are unknown, the others agree', async (t) => {
  const service = serviceNamed('bulk');
  const loads = service.loads({ op: ['get'], size: [1e6] });
  const load = { service: service.name, loads, connections: [3], repeat: 0, durationNs: 60e9 };
  // Each process of the pool serves one connection.
  const pool = { servers: ['process-pool'], workers: [3] };
  const settings = { timeoutNs: 5e9, slices: 'off' as const };
  const where = { serverCpus: cpus.server, clientCpus: cpus.client };
  const options = { ...OPTIONS, ...load, ...pool, ...settings, ...where };
  const trial = schedule(plan(options, machine)).find(({ cell }) => cell.server !== 'control');
  if (!trial) throw new Error('nothing to run');
  const controller = new AbortController();
  // The traffic ends when the client has noticed the death, and not at a time.
  const killInTraffic = async (client: { progress(): Promise<LoadProgress> }) => {
    const [first] = serverProcesses();
    await eventually('transfers were made', async () => (await client.progress()).requests > 20);
    process.kill(first as number, 'SIGKILL');
    await eventually('one broke off', async () => (await client.progress()).failures > 0);
    controller.abort();
  };
  const phase: Watch['phase'] = (name, client) => {
    if (name === 'measuring' && client) killInTraffic(client).catch(t.fail);
  };
  const observer = { trial: () => ({ phase }), ended: () => {} };
  for await (const { record } of run([trial], performOn(machine), observer, controller.signal)) {
    // Whether one was interrupted depends on when the death is noticed: all of its bytes may have arrived.
    const { server, reconciliation } = record.measurement?.transfers ?? {};
    t.ok((server?.transfers ?? 0) > 0, 'the rows of the live process are kept');
    t.ok((reconciliation?.unknown ?? 0) > 0);
    t.strictSame(reconciliation?.examples, []);
    t.match(
      record.verdict.notes.find(({ kind }) => kind === 'transfers unknown'),
      { figures: { transfers: reconciliation?.unknown } },
    );
    const stored = JSON.parse(JSON.stringify({ run: 'id', ...record }));
    t.equal((await recordFaults())(stored), null, 'the result matches the schema');
  }
});
