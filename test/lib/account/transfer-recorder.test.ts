/** Transfers as reported by a service in TypeScript. */
import t from 'tap';
import { recordTransfers, TransferLog } from '../../../lib/account/transfer-recorder.js';

const CONNECTION = { remoteAddress: '127.0.0.1', remotePort: 7, opened: 5 };

t.test('transfers are numbered, and a row is added when each ends', async (t) => {
  const log = new TransferLog();
  const reports = recordTransfers(CONNECTION, log.add);
  reports.begin('get');
  reports.queued(10);
  reports.queued(20);
  t.strictSame(log.take(), { rows: [], unrecorded: 0 });
  reports.end('done');
  reports.begin('put');
  reports.received(5);
  reports.end('done');
  reports.begin('');
  reports.end('refused');
  reports.close(1000);
  const { rows } = log.take();
  t.match(rows, [
    { ...CONNECTION, number: 1, operation: 'get', bytes: 30, outcome: 'done' },
    { ...CONNECTION, number: 2, operation: 'put', bytes: 5, outcome: 'done' },
    { ...CONNECTION, number: 3, operation: '', bytes: 0, outcome: 'refused' },
  ]);
  for (const { began, ended } of rows) t.ok(began > 0 && ended >= began);
});

t.test('the end of a connection makes its transfer incomplete, without unsent bytes', async (t) => {
  const log = new TransferLog();
  for (const [sent, unsent, moved] of [
    [100, 40, 60],
    [10, 40, 0],
  ] as const) {
    const reports = recordTransfers(CONNECTION, log.add);
    reports.begin('get');
    reports.queued(sent);
    reports.close(unsent);
    t.match(log.take().rows, [{ number: 1, bytes: moved, outcome: 'incomplete' }]);
  }
  const reports = recordTransfers(CONNECTION, log.add);
  reports.begin('put');
  reports.received(7);
  reports.close(40);
  t.match(log.take().rows, [{ bytes: 7, outcome: 'incomplete' }], 'received bytes are kept');
});

t.test('a full log counts the rows that it drops, until its rows are taken', async (t) => {
  const log = new TransferLog(2);
  const reports = recordTransfers(CONNECTION, log.add);
  const transfer = () => {
    reports.begin('put');
    reports.end('done');
  };
  for (let i = 0; i < 5; i++) transfer();
  t.match(log.take(), { rows: [{ number: 1 }, { number: 2 }], unrecorded: 3 });
  transfer();
  t.match(log.take(), { rows: [{ number: 6 }], unrecorded: 0 });
});
