/** Threats to validity from the load, each listed only if it applies. */
import t from 'tap';
import type { ExperimentOptions } from '../../../../../bench/plan/plan.js';
import type { Measurement, TrialRecord } from '../../../../../bench/record.js';
import { fromTheLoad } from '../../../../../bench/report/document/threats/load.js';
import { study } from '../../../../../bench/report/study/study.js';
import { plain } from '../../../../../bench/report/text/blocks.js';
import { latencies } from '../../../../support/cells.js';
import { storedRun } from '../../../../support/stored.js';

type Change = (record: TrialRecord) => TrialRecord;

/** CPU seconds of the server in each trial. */
const using =
  (seconds: number): Change =>
  ({ measurement, ...record }) => {
    const { server } = measurement?.roles ?? {};
    const cpu = server?.cpu && { ...server.cpu, userS: seconds / 2, systemS: seconds / 2 };
    const roles = { server: { ...server, cpu } } as Measurement['roles'];
    return { ...record, measurement: measurement && { ...measurement, roles } };
  };

function threats(options: Partial<ExperimentOptions>, change: Change = using(1)) {
  const run = storedRun({ connections: [10], trials: 1, host: '192.0.2.1', ...options }, change);
  return Object.fromEntries(fromTheLoad(study(run)).map(({ head, text }) => [head, plain(text)]));
}

t.test('a closed loop is a threat, an open loop only if its schedule was missed', async (t) => {
  t.same(Object.keys(threats({})), ['Closed loop']);
  const loop = { serviceTime: latencies(1), asked: 5000, achieved: 5000, scheduled: 9, sent: 9 };
  const late =
    (count: number): Change =>
    (record) => ({
      ...using(1)(record),
      measurement: {
        ...(using(1)(record).measurement as NonNullable<TrialRecord['measurement']>),
        openLoop: { ...loop, late: record.server === 'poll' ? count : 0, dropped: 0 },
      },
    });
  t.same(threats({ rates: [5000] }, late(0)), {});
  t.match(threats({ rates: [5000] }, late(1)), { 'Behind schedule': /^In 1 of 3 cells messages/ });
});

t.test('loopback is detected by the address of the server', async (t) => {
  for (const host of ['127.0.0.2', '::1', 'localhost']) t.ok('Loopback' in threats({ host }), host);
  for (const host of ['192.0.2.127', '::12']) t.notOk('Loopback' in threats({ host }), host);
});

t.test('little server CPU time in any trial is a threat', async (t) => {
  t.notOk('Short windows' in threats({}, using(0.1)));
  t.match(threats({}, using(0.05)), { 'Short windows': /^In all 3 cells .*\(50\.0 ms in the/ });
  const once: Change = (record) => using(record.trial === 1 ? 0.05 : 1)(record);
  t.match(threats({}, once), { 'Short windows': /^In 1 of 3 cells/ });
  t.notOk('Short windows' in threats({}, using(0)), 'unknown');
});

t.test('a client-bound cell is a threat that names the cells', async (t) => {
  const bound: Change = (record) => ({
    ...using(1)(record),
    verdict: { ...record.verdict, clientBound: record.server === 'epoll' },
  });
  t.match(threats({}, bound), {
    'The client as bottleneck': /^In 1 of 3 cells .* in most trials: epoll\b/,
  });
});
