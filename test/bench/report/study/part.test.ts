import t from 'tap';
import { partOf } from '../../../../bench/report/study/part.js';
import { study } from '../../../../bench/report/study/study.js';
import { storedRun } from '../../../support/stored.js';

const whole = study(
  storedRun({ servers: ['epoll', 'poll'], connections: [64, 1000], idle: [0, 10], trials: 1 }),
);

t.test('a part has the servers, levels and axis of its cells', async (t) => {
  const part = partOf(
    whole,
    ({ cell }) => cell.server === 'poll' && cell.connections === 64 && cell.idle === 10,
  );
  t.same(
    part.cells.map(({ row }) => [row.server, row.connections, row.idle]),
    [['poll', 64, 10]],
  );
  t.same(part.measured, part.cells);
  t.same(
    part.series.map(({ name }) => name),
    ['poll'],
  );
  t.same([part.varying, part.axis], [[], null]);
  t.same(
    part.levels.map(({ label }) => label),
    ['64 connections, 10 idle connections'],
    'named as in the whole run',
  );
});

t.test('the part with every cell equals the whole run', async (t) => {
  const part = partOf(whole, () => true);
  t.same(part.levels, whole.levels);
  t.same(part.varying, whole.varying);
  t.same(part.axis, whole.axis);
});
