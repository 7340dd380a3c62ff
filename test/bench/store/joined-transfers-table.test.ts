/** The transfers of both sides as one table. */
import t from 'tap';
import { joinedTransferTable } from '../../../bench/store/joined-transfers-table.js';
import { joinTransfers } from '../../../lib/account/join-transfers.js';
import { clientAccount, serverAccount } from '../../../lib/account/reconcile-transfers.js';
import { CLIENT_ROW, SERVER_ROW } from '../../support/rows.js';
import { CLIENT_TRANSFER, SERVER_TRANSFER } from '../../support/transfers.js';

function fieldsOf(client: object, server: object) {
  const mine = { rows: [{ ...CLIENT_TRANSFER, ...client }], unrecorded: 0 };
  const theirs = { rows: [{ ...SERVER_TRANSFER, ...server }], unrecorded: 0 };
  const [both, sides] = [clientAccount([CLIENT_ROW], mine), serverAccount([SERVER_ROW], theirs)];
  const joined = [...joinTransfers(both, sides, false)];
  const [head, ...lines] = [...joinedTransferTable(joined, 1e6)].join('').trimEnd().split('\n');
  const names = (head as string).split(',');
  return lines.map((line) =>
    Object.fromEntries(line.split(',').map((value, i) => [names[i], value])),
  );
}

t.test('a row has the times of both sides and the parts of the client’s time', async (t) => {
  const [row] = fieldsOf({ firstAnswer: 7e6, ended: 9e6 }, {});
  t.match(row, {
    ...{ transfer: '1', connection: '127.0.0.1:40000', number: '1', operation: 'get' },
    ...{ due_ms: '0.1', opened_ms: '4', began_ms: '5', first_answer_ms: '6', ended_ms: '8' },
    ...{ waiting_ms: '4.9', sending_ms: '1', answering_ms: '2' },
    ...{ client_bytes: '1000000', server_bytes: '1000000' },
    ...{ client_outcome: 'done', server_outcome: 'done', error: '' },
  });
});

t.test('the fields of a side that has no row are empty', async (t) => {
  const [mine, theirs] = fieldsOf({}, { number: 2 });
  t.match(mine, { number: '1', began_ms: '', server_bytes: '', waiting_ms: '' });
  t.match(theirs, { number: '2', operation: 'get', due_ms: '', client_outcome: '', error: '' });
});
