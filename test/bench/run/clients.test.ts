/** How the clients of a trial have ended. */
import t from 'tap';
import { clientsOf } from '../../../bench/run/clients.js';
import { serviceNamed } from '../../../bench/services/registry.js';
import type { ClientRow } from '../../../lib/account/client-rows.js';
import { cellOf } from '../../support/cells.js';
import { CLIENT_ROW } from '../../support/rows.js';

const { name: service, loads } = serviceNamed('files');
const CELL = cellOf({ service, loads: loads({ size: [1000] }), connections: [3], durationNs: 0 });

const MS = 1e6;
function row(client: number, toMs: number, change: Partial<ClientRow> = {}): ClientRow {
  return { ...CLIENT_ROW, client, requests: 1, freeAt: MS, closed: MS + toMs * MS, ...change };
}

t.test('times and rates are those of the clients that succeeded', async (t) => {
  const rows = [row(0, 10), row(1, 40), row(2, 70, { requests: 0, failure: 'reset' })];
  t.same(clientsOf(CELL, rows), {
    ...{ succeeded: 2, failed: 1, retries: 0, meanMs: 25, longestMs: 40 },
    // 1000 bytes in 10 ms and in 40 ms.
    rate: (100_000 + 25_000) / 2,
  });
});

t.test('a retried client succeeds, and its time includes the failed connection', async (t) => {
  const failed = row(0, 10, { requests: 0, failure: 'stalled', retried: true });
  const again = row(0, 90, { freeAt: 30 * MS });
  t.match(clientsOf(CELL, [again, failed]), { succeeded: 1, failed: 2, retries: 1, longestMs: 90 });
});

t.test('clients without a row have failed, and idle connections are none', async (t) => {
  t.same(clientsOf(CELL, [row(0, 10, { idle: true })]), {
    ...{ succeeded: 0, failed: 3, retries: 0, meanMs: null, longestMs: null, rate: null },
  });
});

t.test('requests without payload have no rate, unless requests are the unit of work', async (t) => {
  const list = cellOf({ service, loads: loads({ op: ['list'] }), durationNs: 0 });
  t.equal(clientsOf(list, [row(0, 10)])?.rate, null);
  const echo = cellOf({ durationNs: 0 });
  t.equal(clientsOf(echo, [row(0, 10, { requests: 5 })])?.rate, 500);
});

t.test('with a duration clients have no end', async (t) => {
  t.equal(clientsOf({ ...CELL, durationNs: 1e9 }, [row(0, 10)]), null);
});
