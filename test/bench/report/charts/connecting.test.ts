import t from 'tap';
import { connectTime, firstAnswer } from '../../../../bench/report/charts/connecting.js';
import { study } from '../../../../bench/report/study/study.js';
import { latencies } from '../../../support/cells.js';
import { rowsOf } from '../../../support/specs.js';
import { storedRun } from '../../../support/stored.js';

/** epoll connects in 1 ms and sends its first answer after 5 ms; poll has neither time. */
const made = study(
  storedRun({ servers: ['epoll', 'poll'], connections: [10], trials: 1 }, (record) => {
    const of = (ns: number) => (record.server === 'epoll' ? latencies(ns) : latencies());
    const times = { connect: of(1e6), firstAnswer: of(5e6) };
    return { ...record, measurement: record.measurement && { ...record.measurement, ...times } };
  }),
);

t.test('each chart shows one of the times, of the servers that have it', async (t) => {
  for (const [chart, us] of [
    [connectTime, 1000],
    [firstAnswer, 5000],
  ] as const) {
    t.ok(chart.applies(made));
    const rows = rowsOf(chart.spec(made));
    t.same(new Set(rows.map(({ server }) => server)), new Set(['epoll']), chart.id);
    t.ok(
      rows.every((row) => Math.abs(Number(row.us) / us - 1) < 1e-3),
      chart.id,
    );
  }
});

t.test('the chart does not apply without connection times', async (t) => {
  const nothing = { ...made, measured: made.measured.filter(({ cell }) => cell.server === 'poll') };
  t.notOk(connectTime.applies(nothing) || firstAnswer.applies(nothing));
});
