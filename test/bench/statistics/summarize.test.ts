import t from 'tap';
import type { Cell } from '../../../bench/plan/plan.js';
import type { Verdict } from '../../../bench/record.js';
import { summarize } from '../../../bench/statistics/summarize.js';
import { cellOf, FIXED, latencies, measurementOf, recordOf } from '../../support/cells.js';

const cell = cellOf();
const invalid: Verdict = {
  valid: false,
  clientBound: false,
  problems: [
    { kind: 'connections failed', figures: { of: 'server', failure: 'reset', connections: 2 } },
  ],

  notes: [],
};

t.test('figures are medians over the valid trials of the cell', async (t) => {
  const throughputs = [10, 30, 20];
  const records = throughputs.map((throughput) =>
    recordOf(cell, { measurement: measurementOf({ throughput }) }),
  );
  const [row] = summarize({ cells: [cell], controls: [], ...FIXED }, records);
  t.match(row, { trials: 3, valid: 3, throughput: { median: 20, unit: 'requests/s' } });
});

t.test('an invalid trial is counted and reported, and excluded from the medians', async (t) => {
  const broken = recordOf(cell, {
    verdict: invalid,
    measurement: measurementOf({ throughput: 1e9, failures: 2, failuresByKind: { reset: 2 } }),
  });
  const [row] = summarize({ cells: [cell], controls: [], ...FIXED }, [recordOf(cell), broken]);
  t.match(row, {
    trials: 2,
    valid: 1,
    failures: 2,
    failuresByKind: { reset: 2 },
    throughput: { median: 20_000 },
    problems: [
      { kind: 'connections failed', figures: { of: 'server', failure: 'reset', connections: 2 } },
    ],
  });
});

t.test('latencies are merged over trials, not averaged', async (t) => {
  const many = latencies(...Array.from({ length: 99 }, () => 1_000_000));
  const one = latencies(50_000_000);
  const [row] = summarize(
    { cells: [cell], controls: [], ...FIXED },
    [many, one].map((latency) => recordOf(cell, { measurement: measurementOf({ latency }) })),
  );
  t.ok(Math.abs((row?.latency.p50 ?? 0) - 1000) < 2, 'half of all requests took 1 ms');
  t.equal(row?.latency.max, 50_000);
});

t.test('a skipped cell has no figures, and has the reason', async (t) => {
  const obstacle = { kind: 'io_uring missing' } as const;
  const skipped = { ...cell, skipped: obstacle };
  const [row] = summarize({ cells: [skipped], controls: [], ...FIXED }, []);
  t.match(row, { trials: 0, throughput: null, reconciled: null, skipped: obstacle });
  t.equal(row?.latency.p99, null);
});

t.test('one trial that does not reconcile marks the cell', async (t) => {
  const mismatch = { compared: 10, mismatches: 1, unknown: 0, examples: [] };
  const bad = recordOf(cell, {
    verdict: invalid,
    measurement: measurementOf({ reconciliation: mismatch }),
  });
  t.equal(
    summarize({ cells: [cell], controls: [], ...FIXED }, [recordOf(cell), bad])[0]?.reconciled,
    false,
  );
  t.equal(
    summarize({ cells: [cell], controls: [], ...FIXED }, [recordOf(cell)])[0]?.reconciled,
    true,
  );
});

t.test('efficiency is compared with the control of the same block', async (t) => {
  const control = { ...cellOf({ servers: ['control'] }), number: 0 };
  const at = (cell: Cell, block: number, efficiency: number) =>
    recordOf(cell, { block, measurement: measurementOf({ efficiency }) });
  const slow = [at(cell, 1, 45), at(control, 1, 50)];
  const fast = [at(cell, 2, 81), at(control, 2, 90)];
  const alone = [at(cell, 3, 1000)];
  const [row] = summarize({ cells: [cell], controls: [control], ...FIXED }, [
    ...slow,
    ...fast,
    ...alone,
  ]);
  t.equal(row?.toControl?.median, 0.9);
  t.equal(row?.trials, 3);
});
