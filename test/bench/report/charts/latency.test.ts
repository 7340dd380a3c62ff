/** Latency: service time or response time, and the p99 latency against the load. */
import t from 'tap';
import {
  latencyCdf,
  latencyName,
  latencyTail,
  p99,
} from '../../../../bench/report/charts/latency.js';
import { study } from '../../../../bench/report/study/study.js';
import { latencies } from '../../../support/cells.js';
import { partOf, rowsOf } from '../../../support/specs.js';
import { storedRun } from '../../../support/stored.js';

const closed = study(storedRun({ servers: ['epoll', 'poll'], trials: 2 }));
const open = study(storedRun({ servers: ['epoll', 'poll'], rates: [500], trials: 1 }));

t.test('a closed loop shows service times, an open loop response times', async (t) => {
  t.equal(latencyName(closed), 'service time');
  t.equal(latencyName(open), 'response time');
  for (const chart of [latencyTail, latencyCdf]) {
    const titles = JSON.stringify(chart.spec(open));
    t.match(titles, 'response time (log)', chart.id);
    t.notMatch(titles, 'service time', chart.id);
  }
});

t.test('the p99 of a cell is computed from its merged trials, without an interval', async (t) => {
  const rows = rowsOf(p99.spec(closed));
  const cells = rows.filter(({ kind }) => kind === 'cell');
  t.same(
    cells.map(({ server, median, low, high }) => [server, median, low, high]),
    closed.measured.map(({ cell, row }) => [cell.server, row.latency.p99, null, null]),
  );
  t.equal(rows.filter(({ kind }) => kind === 'trial').length, 8, 'and the p99 of each trial');
});

t.test('the axis contains every trial, even beyond the merged value', async (t) => {
  const run = storedRun({ servers: ['epoll', 'poll'], trials: 3 }, (record) => {
    const { measurement } = record;
    const slow = record.server === 'poll' && record.block === 2 && measurement !== null;
    return slow ? { ...record, measurement: { ...measurement, latency: latencies(50e9) } } : record;
  });
  const spec = p99.spec(study(run));
  const [, high = 0] = partOf<number[]>(spec, 'layer.0.encoding.y.scale.domain');
  t.ok(high >= 50e6, `${high} µs`);
});

t.test('the p99 chart needs two cells with latencies', async (t) => {
  t.ok(p99.applies(closed));
  t.notOk(p99.applies({ ...closed, measured: closed.measured.slice(0, 1) }));
  const nothing = study(
    storedRun({ trials: 1 }, (record) => ({
      ...record,
      measurement: record.measurement && { ...record.measurement, latency: latencies() },
    })),
  );
  for (const chart of [p99, latencyTail, latencyCdf]) t.notOk(chart.applies(nothing), chart.id);
});
