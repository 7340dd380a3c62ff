/** Both sides' tables of transfers. */
import t from 'tap';
import { clientTransferTable, serverTransferTable } from '../../../bench/store/transfer-tables.js';
import { CLIENT_ROW } from '../../support/rows.js';
import { CLIENT_TRANSFER, SERVER_TRANSFER } from '../../support/transfers.js';

t.test('the server’s table is in order of ending', async (t) => {
  const later = { ...SERVER_TRANSFER, number: 2, ended: 8_000_000, outcome: 'incomplete' as const };
  t.same([...serverTransferTable([later, SERVER_TRANSFER], 4_000_000)].join('').split('\n'), [
    'transfer,remote_address,remote_port,opened_ms,number,operation,bytes,began_ms,ended_ms,outcome',
    '1,127.0.0.1,40000,1,1,get,1000000,2,3.25,done',
    '2,127.0.0.1,40000,1,2,get,1000000,2,4,incomplete',
    '',
  ]);
});

t.test('the client’s table has the number of each connection in connections.csv', async (t) => {
  const rows = [{ ...CLIENT_ROW, localPort: 1 }, CLIENT_ROW];
  const failed = { ...CLIENT_TRANSFER, number: 2, firstAnswer: 0, ended: 4e6, failure: 'reset' };
  t.same([...clientTransferTable([CLIENT_TRANSFER, failed], rows, 1e6)].join('').split('\n'), [
    'transfer,connection,local_address,local_port,number,operation,bytes,due_ms,sent_ms,first_answer_ms,ended_ms,error',
    '1,2,127.0.0.1,40000,1,get,1000000,0.1,0.2,0.5,2,',
    '2,2,127.0.0.1,40000,2,get,1000000,0.1,0.2,,3,reset',
    '',
  ]);
});
