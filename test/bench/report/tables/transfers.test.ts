/** The table of both sides' transfers. */
import t from 'tap';
import type { Transfers } from '../../../../bench/record.js';
import { study } from '../../../../bench/report/study/study.js';
import { transferTable } from '../../../../bench/report/tables/transfers.js';
import { plain } from '../../../../bench/report/text/blocks.js';
import { bulk } from '../../../../bench/services/bulk/bulk.js';
import type { StoredRun } from '../../../../bench/statistics/stored-run.js';
import { storedRun } from '../../../support/stored.js';

const RUN = storedRun({ service: 'bulk', loads: bulk.loads({}), connections: [10], trials: 2 });

const SIDE = { transfers: 12, refused: 1, incomplete: 1, bytes: 1e7, unrecorded: 0 };
const FOUND = { compared: 12, mismatches: 0, unknown: 0, examples: [] };
const BY_KIND = { missing: 0, operation: 0, outcome: 0, bytes: 0 };
const BOTH: Transfers = {
  client: { ...SIDE, meanMs: 4, longestMs: 20 },
  server: { ...SIDE, incomplete: 0, meanMs: 3, longestMs: 10 },
  reconciliation: { ...FOUND, byKind: BY_KIND },
  parts: null,
};

/** Adds these transfers to each trial. */
function runWith(transfersOf: (trial: number) => Transfers | null): StoredRun {
  const records = RUN.records.map((record) => ({
    ...record,
    measurement: record.measurement && {
      ...record.measurement,
      transfers: transfersOf(record.block),
    },
  }));
  return { ...RUN, records };
}

function rowsOf(run: StoredRun) {
  const [block] = transferTable(study(run));
  if (block?.kind !== 'table') return null;
  return block.rows.map(({ cells }) => cells.map(plain));
}

t.test('a run without recorded transfers has no table', async (t) => {
  t.equal(rowsOf(RUN), null);
});

t.test('both sides are summed over the trials; times are of completed transfers', async (t) => {
  const slow = { ...BOTH.client, transfers: 32, meanMs: 12, longestMs: 90 };
  const [row] = rowsOf(runWith((block) => (block === 1 ? BOTH : { ...BOTH, client: slow }))) ?? [];
  t.strictSame(row?.slice(1), [
    ...['24', '2', '3.00 ms', '10.0 ms'],
    ...['44', '4', '10.0 ms', '90.0 ms'],
    '0',
  ]);
});

t.test('a server without rows has no figures', async (t) => {
  const [row] = rowsOf(runWith(() => ({ ...BOTH, server: null, reconciliation: null }))) ?? [];
  t.strictSame(row?.slice(1, 5), ['–', '–', '–', '–']);
  t.equal(row?.at(-1), 'n/a');
});
