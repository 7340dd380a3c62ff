/** Rows of transfers, and the sums of each side. */
import t from 'tap';
import {
  clientTotals,
  mergeRecorded,
  NO_TRANSFERS,
  outcomeOf,
  serverTotals,
  serverTransfers,
  transferColumns,
} from '../../../lib/account/transfers.js';
import { CLIENT_TRANSFER, SERVER_TRANSFER } from '../../support/transfers.js';

t.test('rows converted to columns and back are unchanged', async (t) => {
  const recorded = {
    rows: [SERVER_TRANSFER, { ...SERVER_TRANSFER, number: 2, outcome: 'incomplete' as const }],
    unrecorded: 3,
  };
  t.strictSame(serverTransfers(transferColumns(recorded)), recorded);
});

t.test('a failure of the client becomes the outcome', async (t) => {
  const of = (failure: string) => outcomeOf({ failure });
  t.strictSame(['', 'rejected', 'reset', 'stalled'].map(of), [
    'done',
    'refused',
    'incomplete',
    'incomplete',
  ]);
});

t.test('times include only completed transfers, bytes include all transfers', async (t) => {
  const rows = [
    SERVER_TRANSFER,
    { ...SERVER_TRANSFER, ended: SERVER_TRANSFER.began + 3_750_000 },
    { ...SERVER_TRANSFER, ended: 9e12, bytes: 7, outcome: 'incomplete' as const },
    { ...SERVER_TRANSFER, ended: 9e12, bytes: 0, outcome: 'refused' as const },
  ];
  t.strictSame(serverTotals({ rows, unrecorded: 2 }), {
    ...{ transfers: 4, refused: 1, incomplete: 1, bytes: 2_000_007, unrecorded: 2 },
    ...{ meanMs: 2.5, longestMs: 3.75 },
  });
  const mine = [CLIENT_TRANSFER, { ...CLIENT_TRANSFER, bytes: 5, failure: 'reset' }];
  t.strictSame(clientTotals({ rows: mine, unrecorded: 0 }), {
    ...{ transfers: 2, refused: 0, incomplete: 1, bytes: 1_000_005, unrecorded: 0 },
    ...{ meanMs: 1.8, longestMs: 1.8 },
  });
});

t.test('without a completed transfer the time is empty', async (t) => {
  t.match(serverTotals(NO_TRANSFERS), { transfers: 0, meanMs: null, longestMs: null });
});

t.test('the records of several processes are merged', async (t) => {
  t.strictSame(
    mergeRecorded([{ rows: [1, 2], unrecorded: 3 }, NO_TRANSFERS, { rows: [4], unrecorded: 5 }]),
    { rows: [1, 2, 4], unrecorded: 8 },
  );
});
