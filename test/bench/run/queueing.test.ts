/** How long the connections of a trial waited until the server accepted them. */
import t from 'tap';
import type { Evidence } from '../../../bench/run/evidence.js';
import { queueingOf } from '../../../bench/run/queueing.js';
import { CLIENT_ROW, SERVER_ROW } from '../../support/rows.js';

function evidenceOf(delaysMs: readonly number[]): Evidence {
  const rows = delaysMs.map((_, i) => ({ ...CLIENT_ROW, localPort: i, connected: 1, freeAt: 1 }));
  const serverRows = delaysMs.map((ms, i) => ({
    ...SERVER_ROW,
    remotePort: i,
    opened: 1 + ms * 1e6,
  }));
  const transfers = { rows: [], unrecorded: 0 };
  const load = { rows, transfers, service: [], response: [], windows: [] };
  return { startedAt: new Date(0), marks: {}, load, serverRows };
}

t.test('the mean and the longest of all connections', async (t) => {
  t.same(queueingOf(evidenceOf([0, 10, 50])), { meanMs: 20, longestMs: 50 });
});

t.test('it is unknown where the server keeps no rows, or no connection was accepted', async (t) => {
  const { serverRows: _, ...without } = evidenceOf([1]);
  t.equal(queueingOf(without), null);
  t.equal(queueingOf({ ...evidenceOf([1]), serverRows: [] }), null);
});
