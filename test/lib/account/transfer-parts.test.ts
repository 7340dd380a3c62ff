/** What a client's time for a transfer consists of. */
import t from 'tap';
import { joinTransfers } from '../../../lib/account/join-transfers.js';
import { clientAccount, serverAccount } from '../../../lib/account/reconcile-transfers.js';
import { meanParts, partsOf } from '../../../lib/account/transfer-parts.js';
import { CLIENT_ROW, SERVER_ROW } from '../../support/rows.js';
import { CLIENT_TRANSFER, SERVER_TRANSFER } from '../../support/transfers.js';

const TIMES = { due: 1_000_000, sent: 1_100_000, firstAnswer: 5_000_000, ended: 11_000_000 };

function joinedWith(client: object, server: object) {
  const mine = { ...CLIENT_TRANSFER, ...TIMES, ...client };
  const theirs = { ...SERVER_TRANSFER, began: 3_000_000, ...server };
  return [
    ...joinTransfers(
      clientAccount([CLIENT_ROW], { rows: [mine], unrecorded: 0 }),
      serverAccount([SERVER_ROW], { rows: [theirs], unrecorded: 0 }),
      false,
    ),
  ];
}

const partsWith = (client: object, server: object) => joinedWith(client, server).map(partsOf);

t.test('the parts add up to the time from due to ended', async (t) => {
  t.same(partsWith({}, {}), [{ waiting: 2e6, sending: 2e6, answering: 6e6 }]);
});

t.test('no part is negative, although the clocks are read after the events', async (t) => {
  t.same(partsWith({}, { began: 900_000 }), [{ waiting: 0, sending: 4e6, answering: 6e6 }]);
  t.same(partsWith({}, { began: 6_000_000 }), [{ waiting: 4e6, sending: 0, answering: 6e6 }]);
});

t.test('only transfers that both sides know as completed have parts', async (t) => {
  t.same(partsWith({ failure: 'reset' }, {}), [null]);
  t.same(partsWith({}, { outcome: 'incomplete' }), [null]);
  t.same(partsWith({}, { number: 2 }), [null, null]);
});

t.test('means are in ms; there are none without a completed transfer', async (t) => {
  t.same(meanParts(joinedWith({}, {})), { waitingMs: 2, sendingMs: 2, answeringMs: 6 });
  t.same(meanParts(joinedWith({ failure: 'reset' }, {})), null);
  t.same(meanParts([]), null);
});
