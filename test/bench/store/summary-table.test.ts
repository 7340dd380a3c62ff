/** summary.csv: the rows of summary.json with a column for each figure. */
import { parse } from 'csv-parse/sync';
import t from 'tap';
import type { Problem } from '../../../bench/facts.js';
import { summarize } from '../../../bench/statistics/summarize.js';
import { summaryTable } from '../../../bench/store/summary-table.js';
import { cellOf, FIXED, latencies, measurementOf, recordOf } from '../../support/cells.js';

const CELLS = [cellOf(), { ...cellOf({ connections: [20] }), number: 2 }];

const [measured, unmeasured] = summarize({ cells: CELLS, controls: [], ...FIXED }, [
  recordOf(CELLS[0] as (typeof CELLS)[number], {
    measurement: measurementOf({
      throughput: 1234.5,
      latency: latencies(5000),
      failuresByKind: { reset: 2, 'timed out': 1 },
    }),
  }),
]);
if (!measured || !unmeasured) throw new Error('no rows');

const read = (...rows: Parameters<typeof summaryTable>[0]) =>
  parse(summaryTable(rows), { columns: true }) as Record<string, string>[];

t.test('nested figures have the names of all levels, in lower case', async (t) => {
  const [row] = read(measured);
  t.match(row, {
    ...{ server: 'epoll', connections: '10', throughput_median: '1234.5' },
    ...{ throughput_unit: 'requests/s', cpu_server_busy: '0.5', latency_p999: '5' },
    ...{ memory_bytes_per_connection: '500', reconciled: 'true', client_bound: 'false' },
  });
});

t.test('unknown figures are empty, and every table has the same columns', async (t) => {
  const columnsOf = (row: typeof measured) => Object.keys(read(row)[0] ?? {});
  const estimate = { median: 1, low: null, high: null, level: null };
  const known = {
    ...measured,
    rate: { asked: 1, achieved: 1, achievedRatio: 1, late: 0, dropped: 0 },
    throughput: { ...estimate, unit: 'requests/s' as const },
    efficiency: { ...estimate, unit: 'requests per server-CPU-second' as const },
    toControl: estimate,
    serviceTime: measured.latency,
  };
  t.same(columnsOf(unmeasured).toSorted(), columnsOf(known).toSorted());
  t.same(columnsOf(unmeasured), columnsOf(measured));
  t.match(read(measured, unmeasured)[1], {
    ...{ connections: '20', throughput_median: '', latency_p50: '', reconciled: '' },
  });
});

t.test('a factor that applies to some loads is a column for all', async (t) => {
  const [put, get] = read(
    { ...measured, factors: { operation: 'put' } },
    { ...measured, factors: { operation: 'get', source: 'file' } },
  );
  t.match(put, { factors_operation: 'put', factors_source: '' });
  t.match(get, { factors_operation: 'get', factors_source: 'file' });
});

t.test('kinds of failures are one column of JSON', async (t) => {
  const [row] = read(measured);
  t.same(JSON.parse(row?.failures_by_kind ?? ''), { reset: 2, 'timed out': 1 });
});

t.test('a list of facts is one column of their kinds, without duplicates', async (t) => {
  const silent: Problem = { kind: 'no request answered', figures: {} };
  const late: Problem = { kind: 'CPU time read late', figures: { ms: 3 } };
  const lists: readonly (readonly [readonly Problem[], string])[] = [
    [[], ''],
    [[late], 'CPU time read late'],
    [[silent, late, silent], 'no request answered | CPU time read late'],
  ];
  for (const [problems, kinds] of lists) {
    const control = { ...measured.control, problems };
    const [row = {}] = read({ ...measured, problems, control });
    const names = Object.keys(row).filter((name) => /problems|notes/.test(name));
    t.same(names.toSorted(), ['control_problems', 'notes', 'problems']);
    t.match(row, { problems: kinds, control_problems: kinds, notes: '' });
  }
});

t.test('the reason for skipping a cell is shown by its kind', async (t) => {
  const skipped = { kind: 'FD_SETSIZE', needed: 2000, possible: 1019, workers: 2 } as const;
  const [row = {}] = read({ ...measured, skipped });
  t.equal(row.skipped, 'FD_SETSIZE');
  t.notOk('skipped_needed' in row);
});
