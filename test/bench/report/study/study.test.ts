/** The study of a run: cells with their trials, levels in order, and the factors that vary. */
import t from 'tap';
import { study } from '../../../../bench/report/study/study.js';
import { storedRun } from '../../../support/stored.js';

t.test('levels are ascending and unique, and named by the factors that vary', async (t) => {
  const options = { servers: ['epoll'], connections: [1000, 64], idle: [0, 1000], trials: 1 };
  const { levels, varying, axis } = study(storedRun(options));
  t.same(
    varying.map(({ name }) => name),
    ['connections', 'idle'],
  );
  t.same(
    levels.map(({ connections, idle }) => [connections, idle]),
    [
      [64, 0],
      [64, 1000],
      [1000, 0],
      [1000, 1000],
    ],
  );
  t.equal(levels[1]?.label, '64 connections, 1,000 idle connections');
  t.equal(axis?.name, 'connections');
});

t.test('if no factor varies, a level is named by its connections', async (t) => {
  const made = study(storedRun({ connections: [100], trials: 1 }));
  t.same([made.varying, made.axis], [[], null]);
  t.same(
    made.levels.map(({ label }) => label),
    ['100 connections'],
  );
});

t.test('each cell has its own trials, its level and its series', async (t) => {
  const made = study(storedRun());
  t.equal(made.cells.length, 6);
  for (const { cell, records, valid, level, series, row, details } of made.cells) {
    t.ok(records.length === 5 && records.every((one) => one.cell === cell.number));
    t.same(valid, records);
    t.ok(made.levels.includes(level) && level.connections === cell.connections);
    t.ok(made.series.includes(series) && series.name === cell.server);
    t.equal(row.connections, cell.connections);
    t.ok(details);
  }
});

t.test('interrupted trials belong to no cell, and those without figures are invalid', async (t) => {
  const run = storedRun({ connections: [100] }, (record) => ({
    ...record,
    error: record.server === 'epoll' && record.block > 3 ? 'interrupted' : null,
    measurement: record.server === 'poll' && record.block > 2 ? null : record.measurement,
    verdict: { ...record.verdict, valid: record.server !== 'libuv' },
  }));
  const made = study(run);
  const counts = made.cells.map(({ cell, records, valid }) => [
    ...[cell.server, records.length, valid.length],
  ]);
  t.same(counts, [
    ['epoll', 3, 3],
    ['poll', 5, 2],
    ['libuv', 5, 0],
  ]);
  t.same(
    made.measured.map(({ cell }) => cell.server),
    ['epoll', 'poll'],
  );
});

t.test('a run without records has cells and levels, and no measured cells', async (t) => {
  const made = study({ ...storedRun(), records: [], details: new Map() });
  t.equal(made.cells.length, 6);
  t.equal(made.levels.length, 2);
  t.same([made.measured, made.control], [[], []]);
  t.equal(made.cells[0]?.details, null);
});
