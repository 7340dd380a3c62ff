/** The final check of a load: the rows of both sides and the counters of the server must agree. */
import type { Test } from 'tap';
import { failuresByKind } from '../../bench/run/failures.js';
import type { Counts } from '../../lib/account/counts.js';
import { reconcile } from '../../lib/account/reconcile.js';
import type { ServerRow } from '../../lib/account/server-rows.js';
import type { ServerModel } from '../../lib/catalog/models.js';
import type { LoadReport } from '../../lib/load/client.js';
import type { Server } from '../../lib/server/server.js';
import { sumOf } from './load.js';
import { closed, countsOf } from './server.js';

export interface Account {
  readonly counts: Counts;
  readonly rows: readonly ServerRow[];
}

/** Waits until the server has seen every connection end, stops it, and compares. Nothing may have failed. */
export async function settle(
  t: Test,
  model: ServerModel,
  server: Server,
  report: LoadReport,
): Promise<Account> {
  t.strictSame(failuresByKind(report.rows), {}, 'no connection fails');
  t.ok(
    report.rows.every((row) => row.requests === row.requestsWanted),
    'every message is answered',
  );
  if (model.accounts) await closed(server, report.rows.length);
  const counts = await countsOf(server);
  const rows = await server.stop();
  if (model.accounts) compare(t, report, { counts, rows });
  return { counts, rows };
}

function compare(t: Test, report: LoadReport, { counts, rows }: Account): void {
  const connections = report.rows.length;
  const { compared, examples } = reconcile(report.rows, rows);
  t.strictSame(examples, [], 'no row differs');
  t.equal(compared, connections, 'every row is compared');
  const { accepts, closes, requests, bytesIn, bytesOut } = counts;
  t.strictSame(
    { accepts, closes, requests, bytesIn, bytesOut },
    {
      accepts: connections,
      closes: connections,
      requests: sumOf(rows, (row) => row.requests),
      bytesIn: sumOf(rows, (row) => row.bytesIn),
      bytesOut: sumOf(rows, (row) => row.bytesOut),
    },
    'the counters are the sums of the rows',
  );
}
