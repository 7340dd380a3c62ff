/** Cost of a request: µs of CPU time on both sides, and system calls. */
import t from 'tap';
import type { Measurement } from '../../../../bench/record.js';
import { cpuSplit, systemCalls } from '../../../../bench/report/charts/work.js';
import { study } from '../../../../bench/report/study/study.js';
import { counts } from '../../../../lib/account/counts.js';
import { rolesOf } from '../../../support/cells.js';
import { columnsOf } from '../../../support/specs.js';
import { storedRun } from '../../../support/stored.js';

const CPU = { busy: 1, voluntarySwitches: 0, involuntarySwitches: 0 };

/** A run of one server with one trial for each of these changes. */
const withTrials = (...changes: readonly Partial<Measurement>[]) =>
  study(
    storedRun(
      { servers: ['epoll'], connections: [10], trials: changes.length },
      (record, { block }) => ({
        ...record,
        measurement: record.measurement && { ...record.measurement, ...changes[block - 1] },
      }),
    ),
  );

const trial = (userS: number, systemS: number, window = 1000): Partial<Measurement> => ({
  requests: { window, total: 9999, wanted: 9999 },
  roles: rolesOf({ cpu: { ...CPU, userS, systemS } }),
  clientCpu: { ...CPU, userS: userS * 2, systemS: systemS * 2, busiestThread: 1 },
});

t.test('CPU time is per request of the window: user and system time of both sides', async (t) => {
  t.same(columnsOf(cpuSplit.spec(withTrials(trial(0.001, 0.004))), 'value').flat(), [1, 4, 2, 8]);
  const names = columnsOf(cpuSplit.spec(withTrials(trial(1, 1))), 'part').flat();
  t.equal(new Set(names).size, 4);
});

t.test('each part is the median of several trials', async (t) => {
  const made = withTrials(trial(0.001, 0.009), trial(0.005, 0.001), trial(0.003, 0.005));
  t.same(columnsOf(cpuSplit.spec(made), 'value').flat(), [3, 5, 6, 10]);
});

t.test('an unknown side and trials without requests have no part', async (t) => {
  const unknown = withTrials({ ...trial(0.001, 0.004), roles: rolesOf({ cpu: null }) });
  t.same(columnsOf(cpuSplit.spec(unknown), 'value').flat(), [2, 8]);
  t.notOk(cpuSplit.applies(withTrials(trial(1, 1, 0))));
});

t.test('cells whose model does not know its system calls are named as missing', async (t) => {
  t.ok(systemCalls.applies(withTrials({})));
  const made = study(
    storedRun({ connections: [10], trials: 1 }, (record) => ({
      ...record,
      measurement:
        record.measurement && record.server === 'libuv'
          ? { ...record.measurement, roles: rolesOf({ counts: counts({ requests: 5 }) }) }
          : record.measurement,
    })),
  );
  t.match(systemCalls.caption(made), /\blibuv \(no figure\)/);
  t.same(new Set(columnsOf(systemCalls.spec(made), 'server').flat()), new Set(['epoll', 'poll']));
});
