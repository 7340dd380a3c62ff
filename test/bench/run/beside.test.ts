/** The small load beside the measured one: its figures, and its rows among those of the server. */
import t from 'tap';
import { apart, besideOf } from '../../../bench/run/beside.js';
import { NO_TRANSFERS } from '../../../lib/account/transfers.js';
import type { LoadReport } from '../../../lib/load/client.js';
import { native } from '../../../lib/native.js';
import { CLIENT_ROW, SERVER_ROW } from '../../support/rows.js';
import { SERVER_TRANSFER } from '../../support/transfers.js';

function reportOf(rows: LoadReport['rows'], responseNs: readonly number[] = []): LoadReport {
  const counts = native.histogram(Float64Array.from(responseNs));
  const response = [{ second: 0, counts }];
  return { rows, transfers: NO_TRANSFERS, service: [], response, windows: [] };
}

const at = (localPort: number, opened: number) => ({ ...CLIENT_ROW, localPort, opened });
const rowAt = (remotePort: number, opened: number) => ({ ...SERVER_ROW, remotePort, opened });

t.test(
  'rows and transfers of its connections are apart, also on a port that was used before',
  async (t) => {
    const load = reportOf([at(1, 10), at(2, 10)]);
    const beside = reportOf([at(3, 20), at(1, 30)]);
    const rows = [rowAt(1, 11), rowAt(2, 12), rowAt(3, 21), rowAt(1, 31)];
    const transfers = rows.map(({ remotePort, opened }) => ({
      ...SERVER_TRANSFER,
      remotePort,
      opened,
    }));
    const found = apart(load, beside, rows, { rows: transfers, unrecorded: 0 });
    t.same(found.serverRows, [rowAt(1, 11), rowAt(2, 12)]);
    t.same(found.besideRows, [rowAt(3, 21), rowAt(1, 31)]);
    t.same(
      found.serverTransfers.rows.map(({ opened }) => opened),
      [11, 12],
    );
  },
);

t.test('without a load beside all rows are the measured load’s', async (t) => {
  const rows = [rowAt(1, 11), rowAt(9, 12)];
  const found = apart(reportOf([at(1, 10)]), undefined, rows, NO_TRANSFERS);
  t.same(found, { serverRows: rows, serverTransfers: NO_TRANSFERS });
});

t.test('the request that its end interrupted is no failure', async (t) => {
  const rows = [
    { ...CLIENT_ROW, requests: 5 },
    { ...CLIENT_ROW, requests: 0, failure: 'refused' },
    { ...CLIENT_ROW, requests: 0, failure: 'interrupted' },
  ];
  const evidence = { startedAt: new Date(0), marks: {} };
  t.match(besideOf({ ...evidence, beside: reportOf(rows, [1e6, 4e6]) }), {
    ...{ requests: 5, failuresByKind: { refused: 1 }, latency: { max: 4000 } },
  });
  t.equal(besideOf(evidence), null);
});
