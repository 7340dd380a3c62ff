import t from 'tap';
import { climbsOf } from '../../../bench/statistics/climb.js';
import { type Row, summarize } from '../../../bench/statistics/summarize.js';
import { cellOf, measurementOf, recordOf } from '../../support/cells.js';

const QUESTION = {
  raised: 'connections',
  conditions: [],
  from: 1,
  to: 1000,
  precision: 0.1,
} as const;

function rowOf(server: string, connections: number, efficiency: number): Row {
  const cell = cellOf({ servers: [server], connections: [connections] });
  const measurement = measurementOf({ efficiency });
  const [row] = summarize({ cells: [cell], control: null }, [recordOf(cell, { measurement })]);
  if (!row) throw new Error('no row');
  return row;
}

t.test('a climb is judged in rising order, however its levels were tried', async (t) => {
  const rows = [
    rowOf('epoll', 400, 50),
    rowOf('epoll', 100, 100),
    rowOf('epoll', 200, 90),
    rowOf('poll', 100, 30),
    rowOf('epoll', 300, 60),
  ];
  const [epoll, poll] = climbsOf(rows, QUESTION);
  t.match(epoll, {
    server: 'epoll',
    tried: [{ level: 100 }, { level: 200 }, { level: 300, holds: false }, { level: 400 }],
    held: 200,
    broken: { level: 300, broken: /fell by 40\.0 %/ },
  });
  t.match(poll, { server: 'poll', held: 100, broken: null }, 'compared with nothing but itself');
});

t.test('a server that holds no level breaks at the least', async (t) => {
  const row = { ...rowOf('select', 100, 1), skipped: 'an fd_set holds fewer' };
  const [select] = climbsOf([row, { ...row, connections: 50 }], QUESTION);
  t.match(select, { held: 0, broken: { level: 50, broken: 'an fd_set holds fewer' } });
});
