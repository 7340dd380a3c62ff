/** Compares the transfers of both sides: differences are found, and missing records count as unknown. */
import t from 'tap';
import {
  clientAccount,
  differenceInWords,
  reconcileTransfers,
  serverAccount,
  type TransferAccount,
  type TransferSide,
} from '../../../lib/account/reconcile-transfers.js';
import { CLIENT_ROW, SERVER_ROW } from '../../support/rows.js';
import { CLIENT_TRANSFER, SERVER_TRANSFER } from '../../support/transfers.js';

const ENDS = { address: '10.0.0.1', port: 7, opened: 10 };

function transfer(number: number, change: Partial<TransferSide> = {}): TransferSide {
  return { ...ENDS, number, operation: 'get', bytes: 100, outcome: 'done', ...change };
}

function account(...transfers: readonly TransferSide[]): TransferAccount {
  return { connections: [ENDS], transfers, unrecorded: 0 };
}

const NONE = { missing: 0, operation: 0, outcome: 0, bytes: 0 };

t.test('rows of both sides are joined by connection and number', async (t) => {
  const mine = clientAccount([CLIENT_ROW], { rows: [CLIENT_TRANSFER], unrecorded: 0 });
  const theirs = serverAccount([SERVER_ROW], { rows: [SERVER_TRANSFER], unrecorded: 0 });
  t.strictSame(reconcileTransfers(mine, theirs), {
    ...{ compared: 1, mismatches: 0, unknown: 0, byKind: NONE, examples: [] },
  });
  const reset = { ...SERVER_TRANSFER, remoteAddress: '', remotePort: 0 };
  t.equal(serverAccount([SERVER_ROW], { rows: [reset], unrecorded: 0 }).transfers.length, 0);
});

t.test('each transfer that differs is reported with its first difference', async (t) => {
  const mine = account(...[1, 2, 3, 4, 5].map((number) => transfer(number)));
  const theirs = account(
    transfer(1, { operation: 'put', bytes: 7 }),
    transfer(2, { bytes: 99 }),
    transfer(3, { outcome: 'incomplete', bytes: 5 }),
    transfer(5),
    transfer(6),
  );
  const found = reconcileTransfers(mine, theirs);
  t.match(found, { compared: 6, mismatches: 5, unknown: 0 });
  t.strictSame(found.byKind, { missing: 2, operation: 1, outcome: 1, bytes: 1 });
  t.strictSame(found.examples.map(differenceInWords), [
    '10.0.0.1:7, 1: operation, client get, server put',
    '10.0.0.1:7, 2: bytes, client 100, server 99',
    '10.0.0.1:7, 3: outcome, client done, server incomplete',
    '10.0.0.1:7, 4: missing, client get, server nothing',
    '10.0.0.1:7, 6: missing, client nothing, server get',
  ]);
});

t.test(
  'a transfer that the client did not complete may have another outcome, or no row, on the server',
  async (t) => {
    const mine = account(transfer(1, { outcome: 'incomplete', bytes: 50 }));
    for (const theirs of [
      transfer(1),
      transfer(1, { outcome: 'incomplete', bytes: 90 }),
      transfer(1, { outcome: 'refused', operation: '' }),
    ])
      t.equal(reconcileTransfers(mine, account(theirs)).mismatches, 0);
    t.match(reconcileTransfers(mine, account()), { compared: 1, mismatches: 0 });
  },
);

t.test(
  'a refused transfer is refused on both sides, and the server may not know its operation',
  async (t) => {
    const mine = account(transfer(1, { outcome: 'refused', bytes: 70 }));
    const refused = transfer(1, { outcome: 'refused', operation: '', bytes: 0 });
    t.equal(reconcileTransfers(mine, account(refused)).mismatches, 0);
    t.equal(reconcileTransfers(mine, account(transfer(1))).byKind.outcome, 1);
  },
);

t.test('transfers of consecutive connections from one port are kept apart', async (t) => {
  const opened = (first: number, second: number): TransferAccount => ({
    connections: [first, second].map((opened) => ({ ...ENDS, opened })),
    transfers: [transfer(1, { opened: second })],
    unrecorded: 0,
  });
  const [mine, theirs] = [opened(20, 30), opened(21, 33)];
  t.match(reconcileTransfers(mine, theirs), { compared: 1, mismatches: 0 });
  const first = { ...theirs, transfers: [transfer(1, { opened: 21 })] };
  t.match(reconcileTransfers(mine, first), { mismatches: 2 });
});

t.test(
  'transfers recorded only by a dead process are unknown, the others are compared',
  async (t) => {
    const other = { ...ENDS, port: 8 };
    const ofOther = transfer(1, { port: 8 });
    const mine = {
      connections: [ENDS, other],
      transfers: [transfer(1), transfer(2), ofOther],
      unrecorded: 0,
    };
    const living = { connections: [other], transfers: [{ ...ofOther, bytes: 1 }], unrecorded: 0 };
    const found = reconcileTransfers(mine, living, true);
    t.match(found, { compared: 1, mismatches: 1, unknown: 2 });
    t.equal(found.byKind.bytes, 1);
    t.match(reconcileTransfers(mine, living), { mismatches: 3, unknown: 0 }, 'no process died');
  },
);

t.test(
  'transfers fetched before a process died are compared, even if the row is lost',
  async (t) => {
    const mine = account(transfer(1), transfer(2));
    const theirs = { connections: [], transfers: [transfer(1, { opened: 11 })], unrecorded: 0 };
    t.match(reconcileTransfers(mine, theirs, true), { compared: 1, mismatches: 0, unknown: 1 });
  },
);

t.test('transfers that a full table could not record are unknown', async (t) => {
  const full = account(transfer(1), transfer(2));
  const short = { ...account(transfer(1)), unrecorded: 1 };
  const unknown = { compared: 1, mismatches: 0, unknown: 1 };
  t.match(reconcileTransfers(full, short), unknown);
  t.match(reconcileTransfers(short, full), unknown);
});
