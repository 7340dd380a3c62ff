import t from 'tap';
import {
  cellName,
  cellNames,
  loadName,
  loadNames,
} from '../../../../bench/report/text/cell-name.js';
import { namesOf } from '../../../../bench/report/text/server-name.js';
import { summarize } from '../../../../bench/statistics/summarize.js';
import { cellOf, FIXED, recordOf } from '../../../support/cells.js';

const [OLD, NEW] = ['cmd:/old/server {port}', 'cmd:/new/server {port}'] as const;
const cells = [OLD, NEW].flatMap((server) =>
  [10, 20].map((n) => cellOf({ servers: [server], connections: [n] })),
);
const numbered = cells.map((cell, i) => ({ ...cell, number: i + 1 }));
const rows = summarize(
  { cells: numbered, controls: [], ...FIXED },
  numbered.map((c) => recordOf(c)),
);
const nameOf = namesOf([OLD, NEW]);
const named = (...indexes: readonly number[]) =>
  cellNames(new Set(rows.filter((_, i) => indexes.includes(i))), rows, nameOf);

t.test('cells have the shortest names that distinguish them', async (t) => {
  t.same(named(0, 1, 2, 3), ['every cell']);
  t.same(named(0, 1), ['cmd:server (old) at every load']);
  t.same(named(0, 3), ['cmd:server (old) at 10', 'cmd:server (new) at 20']);
  t.same(named(), []);
});

t.test('a load is named by the factors that apply to it', async (t) => {
  t.equal(loadName({ service: 'echo', connections: 1000, idle: 0, rate: 0, factors: {} }), '1,000');
  t.equal(
    loadName({ service: 'echo', connections: 1, idle: 900, rate: 5000, factors: { bytes: 19 } }),
    '1 + 900 idle at 5,000/s × 19 bytes',
  );
  const [row] = rows;
  t.equal(row && cellName(row, nameOf), 'cmd:server (old) at 10');
});

t.test('with several loads, only factors that vary are named', async (t) => {
  const load = (operation: string, size: number) => ({
    ...{ service: 'bulk', connections: 8, idle: 0, rate: 0 },
    factors: { operation, size, source: 'memory' },
  });
  const some = [load('get', 1000), load('get', 1e6)];
  t.same(some.map(loadNames(some)), ['8 × 1 kB', '8 × 1 MB']);
  t.same(some.map(loadNames([])), ['8', '8']);
});
