/** The tables of clients. */
import t from 'tap';
import { study } from '../../../../bench/report/study/study.js';
import { clientTables } from '../../../../bench/report/tables/clients.js';
import { plain } from '../../../../bench/report/text/blocks.js';
import { files } from '../../../../bench/services/files/files.js';
import type { StoredRun } from '../../../../bench/statistics/stored-run.js';
import { storedRun } from '../../../support/stored.js';

const RUN = storedRun({ service: 'files', loads: files.loads({}), connections: [5], trials: 1 });
const CLIENTS = { succeeded: 4, failed: 1, retries: 2, meanMs: 10, longestMs: 30, rate: 5e6 };

function runWith(change: object): StoredRun {
  const records = RUN.records.map((record) => ({
    ...record,
    measurement: record.measurement && { ...record.measurement, ...change },
  }));
  return { ...RUN, records };
}

function firstRows(run: StoredRun) {
  return clientTables(study(run)).map((block) =>
    block.kind === 'table' ? block.rows[0]?.cells.slice(1).map(plain) : null,
  );
}

t.test('a run with a duration has no such table', async (t) => {
  t.same(firstRows(RUN), []);
});

t.test('counts and times of the clients, and the shares of their time', async (t) => {
  const side = { transfers: 6, refused: 1, incomplete: 1, bytes: 9, unrecorded: 0 };
  const totals = { ...side, meanMs: 1, longestMs: 2 };
  const parts = { waitingMs: 60, sendingMs: 30, answeringMs: 10 };
  const [ends, times] = firstRows(
    runWith({
      ...{ clients: CLIENTS, windowS: 0.25, throughput: 20e6, wrongTransfers: 0 },
      queueing: { meanMs: 5, longestMs: 50 },
      transfers: { client: totals, server: totals, reconciliation: null, parts },
    }),
  );
  t.same(ends, ['250 ms', '10.0 ms', '30.0 ms', '5.00', '20.0', '4', '1', '4', '2', '2', '0']);
  t.same(times, [
    ...['5.00 ms', '50.0 ms', '60.0 ms', '30.0 ms', '10.0 ms'],
    ...['60%', '30%', '10%'],
  ]);
});

t.test('without rows of the server there is no second table', async (t) => {
  const [ends, ...others] = firstRows(runWith({ clients: CLIENTS }));
  t.same(ends?.slice(5), ['4', '1', '–', '–', '2', '0']);
  t.same(others, []);
});
