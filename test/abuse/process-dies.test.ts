/** One of several server processes is killed in the middle of a trial: the trial is invalid, and no figure is made up. */

import { readFileSync } from 'node:fs';
import t from 'tap';
import { plan } from '../../bench/plan/plan.js';
import { schedule } from '../../bench/plan/schedule.js';
import { sentences } from '../../bench/report/text/facts.js';
import { run } from '../../bench/run/run.js';
import { performOn } from '../../bench/run/trial.js';
import { echoWording } from '../../bench/services/echo/wording.js';
import { recordFaults } from '../../bench/store/schema/faults.js';
import { readMachine } from '../../lib/catalog/ceilings.js';
import { allowedCpus, splitCpus } from '../../lib/system/cpus.js';
import { OPTIONS } from '../support/cells.js';
import { childrenOf } from '../support/children.js';

const machine = readMachine();
const cpus = splitCpus(allowedCpus());
const HOST_PROGRAM = 'lib/server/server-process.js';

/** In the order of their start: the server under test comes before the control. */
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
      t.equal((await recordFaults())(stored), null, 'as the schema says');
    }
  });
