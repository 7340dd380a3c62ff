/** Requests per second over time, and the seconds in which almost nothing was answered (stalls). */
import t from 'tap';
import { overTime } from '../../../../bench/report/charts/over-time.js';
import { study } from '../../../../bench/report/study/study.js';
import { columnsOf } from '../../../support/specs.js';
import { storedRun } from '../../../support/stored.js';

/** A run of one server with these numbers of answers per second. */
function withSeconds(...requests: readonly number[]) {
  const run = storedRun({ servers: ['epoll'], connections: [10], trials: 1 });
  const seconds = requests.map((count, second) => ({ second, requests: count, p99Us: null }));
  const details = new Map([...run.details].map(([cell, own]) => [cell, { ...own, seconds }]));
  return study({ ...run, details });
}

const stalled = (...requests: readonly number[]) =>
  columnsOf(overTime.spec(withSeconds(...requests)), 'stalled').flat();

t.test('each second is a point at its middle', async (t) => {
  t.same(columnsOf(overTime.spec(withSeconds(5, 7, 6)), 'second', 'requests'), [
    [0.5, 5],
    [1.5, 7],
    [2.5, 6],
  ]);
});

t.test('a second below a tenth of the median is a stall', async (t) => {
  t.same(stalled(100, 9.9, 100, 10, 100), [false, true, false, false, false]);
  t.same(stalled(0, 100, 100), [true, false, false]);
  t.same(stalled(0, 0, 0, 100), [false, false, false, false], 'zero is not below zero');
});

t.test('the caption has the number of stalls', async (t) => {
  const crossed = (...requests: readonly number[]) =>
    /: (\d+|a) seconds? below/.exec(overTime.caption(withSeconds(...requests)))?.[1];
  t.equal(crossed(100, 0, 100, 0, 100), '2');
  t.equal(crossed(100, 0, 100), 'a');
  t.equal(crossed(100, 100, 100), undefined);
});

t.test('the chart needs three seconds', async (t) => {
  t.ok(overTime.applies(withSeconds(1, 2, 3)));
  t.notOk(overTime.applies(withSeconds(1, 2)));
});
