import pc from 'picocolors';
import t from 'tap';
import type { Note } from '../../../../bench/facts.js';
import { type Cell, plan } from '../../../../bench/plan/plan.js';
import type { Verdict } from '../../../../bench/record.js';
import { allValid, remarks } from '../../../../bench/report/terminal/remarks.js';
import { resultsTable } from '../../../../bench/report/terminal/results-table.js';
import { loadOf } from '../../../../bench/services/echo/echo.js';
import { summarize } from '../../../../bench/statistics/summarize.js';
import {
  cellOf,
  FIXED,
  latencies,
  measurementOf,
  OPTIONS,
  ROOMY,
  recordOf,
} from '../../../support/cells.js';

const plain = pc.createColors(false);
const cell = cellOf();
const good = summarize({ cells: [cell], controls: [], ...FIXED }, [
  recordOf(cell, { measurement: measurementOf({ latency: latencies(5000) }) }),
]);
const invalid: Verdict = {
  valid: false,
  clientBound: false,
  problems: [
    { kind: 'connections failed', figures: { of: 'server', failure: 'reset', connections: 3 } },
  ],

  notes: [],
};

t.test('the table has one line per cell, with its figures', async (t) => {
  const lines = resultsTable(good, plain, 200).split('\n');
  t.equal(lines.length, 3);
  t.match(lines[2], /^epoll +10 +200 +20.0k +40.0k +5.00 µs.* yes$/);
});

t.test('idle connections have a column only if there are any', async (t) => {
  t.notMatch(resultsTable(good, plain, 200), /idle/);
  const held = cellOf({ idle: [50] });
  t.match(
    resultsTable(
      summarize({ cells: [held], controls: [], ...FIXED }, [recordOf(held)]),
      plain,
      200,
    ),
    /idle/,
  );
});

t.test('an unknown queueing delay is a dash, beside one that is worth showing', async (t) => {
  const clients = { succeeded: 10, failed: 0, retries: 0, meanMs: 9, longestMs: 9, rate: null };
  const cells = ['thread-pool', 'libuv'].map((server, i) => ({
    ...cellOf({ servers: [server] }),
    number: i + 1,
  }));
  const delays = [{ meanMs: 40, longestMs: 50 }, null];
  const records = cells.map((each, i) =>
    recordOf(each, { measurement: measurementOf({ clients, queueing: delays[i] ?? null }) }),
  );
  const rows = summarize({ cells, controls: [], ...FIXED }, records);
  const [, , pool, other] = resultsTable(rows, plain, 200).split('\n');
  t.match(pool, / 50\.0 ms /);
  t.match(other, / – /);
  t.notMatch(other, / 0 µs| 0\.00 µs/);
});

t.test('a baseline without a valid trial is reported, and fails the run', async (t) => {
  const made = plan({ ...OPTIONS, control: 'poll' }, ROOMY);
  const own = made.controls[0] as Cell;
  const records = [
    ...made.cells.map((each) => recordOf(each)),
    recordOf(own, { verdict: invalid }),
  ];
  const rows = summarize(made, records);
  t.equal(allValid(rows), false);
  t.match(remarks(rows, plain), /^invalid {2}the baseline, poll: 3 connections failed: reset/m);
});

t.test('a narrow terminal gets one line per figure and one column per cell', async (t) => {
  const lines = resultsTable(good, plain, 60).split('\n');
  t.ok(lines.length > 10);
  t.match(lines[0], /^server +epoll$/);
  for (const line of lines) t.ok(line.length <= 60);
});

t.test('servers with too few trials to be compared are reported', async (t) => {
  const tableOf = (trials: number) => {
    const options = { ...OPTIONS, servers: ['epoll', 'poll'], trials };
    const planned = plan(options, ROOMY);
    const records = planned.cells.flatMap((cell) =>
      Array.from({ length: trials }, (_, i) => ({ ...recordOf(cell), block: i + 1 })),
    );
    return remarks(summarize(planned, records), plain);
  };
  t.match(
    tableOf(2),
    /too few trials to compare servers: 3 valid trials of each server are needed/,
  );
  t.notMatch(tableOf(3), /too few/);
});

t.test('message sizes have a column only if they differ', async (t) => {
  const loads = [19, 1000].map((size) => loadOf({ kind: 'size', low: size, high: size }));
  const { cells } = plan({ ...OPTIONS, loads }, ROOMY);
  const rows = summarize(
    { cells, controls: [], ...FIXED },
    cells.map((each) => recordOf(each)),
  );
  t.match(resultsTable(rows, plain, 250), /conns +bytes/);
  t.match(resultsTable(rows, plain, 250), /epoll +10 +1,000 /);
  t.notMatch(resultsTable(good, plain, 200), /bytes/);
});

t.test('a skipped cell has no line in the table, and its reason is below', async (t) => {
  const rows = summarize(
    {
      cells: [{ ...cell, skipped: { kind: 'earlier', text: 'too many' } }],
      controls: [],
      ...FIXED,
    },
    [],
  );
  t.equal(resultsTable(rows, plain, 200), '');
  t.equal(remarks(rows, plain), 'skipped  epoll at 10: too many');
  t.equal(allValid(rows), false);
});

t.test('an invalid trial is reported with its reason', async (t) => {
  const rows = summarize({ cells: [cell], controls: [], ...FIXED }, [
    recordOf(cell),
    recordOf(cell, { verdict: invalid }),
  ]);
  t.equal(remarks(rows, plain), 'invalid  epoll at 10: 1 of 2 trials: 3 connections failed: reset');
  t.equal(allValid(rows), false);
  t.equal(allValid(good), true);
});

t.test('a note that several cells share has the range of its figures', async (t) => {
  const cells = [cellOf(), { ...cellOf({ connections: [20] }), number: 2 }];
  const noting = (notes: readonly Note[]): Verdict => ({
    valid: true,
    clientBound: false,
    problems: [],
    notes,
  });
  const records = cells.map((each, i) =>
    recordOf(each, {
      verdict: noting([
        { kind: 'waiting in the accept queue', figures: { served: 8, waiting: 1000 + 100 * i } },
      ]),
    }),
  );
  t.equal(
    remarks(summarize({ cells, controls: [], ...FIXED }, records), plain),
    'note     every cell: 8 connections served at a time; 1,000 to 1,100 waited in the accept queue',
  );
});

t.test('cells that share a note are on one line, with their shortest names', async (t) => {
  const cells = [
    cellOf(),
    { ...cellOf({ connections: [20] }), number: 2 },
    { ...cellOf({ servers: ['poll'] }), number: 3 },
  ];
  const retransmitted: Note = { kind: 'segments retransmitted', figures: { segments: 7 } };
  const note = '7 segments retransmitted';
  const remarksWhere = (isNoted: (cell: Cell) => boolean) => {
    const records = cells.map((each) => {
      const notes = isNoted(each) ? [retransmitted] : [];
      return recordOf(each, {
        verdict: { valid: true, clientBound: false, problems: [], notes },
      });
    });
    const lines = remarks(summarize({ cells, controls: [], ...FIXED }, records), plain);
    return lines.split('\n').at(-1);
  };
  t.equal(
    remarksWhere(({ number }) => number > 1),
    `note     epoll at 20, poll at 10: ${note}`,
  );
  t.equal(
    remarksWhere(({ server }) => server === 'epoll'),
    `note     epoll at every load: ${note}`,
  );
  t.equal(
    remarksWhere(() => true),
    `note     every cell: ${note}`,
  );
});
