import t from 'tap';
import { rowsOf } from '../../../lib/account/client-rows.js';
import type { ClientColumns } from '../../../lib/native-data.js';

/** Columns of two connections: one received two answers, the other was refused. */
const COLUMNS: ClientColumns = {
  localAddress: ['127.0.0.1', ''],
  localPort: Float64Array.of(40_000, 0),
  client: Float64Array.of(3, 4),
  idle: Float64Array.of(0, 1),
  opened: Float64Array.of(10, 20),
  connected: Float64Array.of(15, 0),
  freeAt: Float64Array.of(16, 0),
  closed: Float64Array.of(90, 25),
  firstAnswer: Float64Array.of(7, 0),
  lifetime: Float64Array.of(50, 60),
  requestsWanted: Float64Array.of(3, 4),
  requests: Float64Array.of(2, 0),
  bytesSent: Float64Array.of(12, 0),
  bytesReceived: Float64Array.of(11, 0),
  payload: Float64Array.of(8, 0),
  serviceSum: Float64Array.of(9, 0),
  serviceMin: Float64Array.of(4, 0),
  serviceMax: Float64Array.of(5, 0),
  failure: ['', 'refused'],
  retried: Float64Array.of(0, 1),
};

t.test('each column becomes the field of the same name, and the mean is per request', async (t) => {
  const [answered] = rowsOf(COLUMNS, 3, 1);
  t.strictSame(answered, {
    ...{ process: 3, thread: 1, localAddress: '127.0.0.1', localPort: 40_000 },
    ...{ client: 3, idle: false, freeAt: 16 },
    ...{ opened: 10, connected: 15, closed: 90, firstAnswer: 7, lifetime: 50 },
    ...{ requestsWanted: 3, requests: 2, bytesSent: 12, bytesReceived: 11, payload: 8 },
    ...{ serviceMean: 4.5, serviceMin: 4, serviceMax: 5, failure: '', retried: false },
  });
});

t.test('a connection without requests has a mean of 0, not NaN', async (t) => {
  t.match(rowsOf(COLUMNS, 0, 0)[1], {
    idle: true,
    connected: 0,
    serviceMean: 0,
    failure: 'refused',
    retried: true,
  });
});

t.test('a thread without connections has no rows', async (t) => {
  const empty = Object.fromEntries(
    Object.entries(COLUMNS).map(([name, column]) => [name, column.slice(0, 0)]),
  ) as unknown as ClientColumns;
  t.same(rowsOf(empty, 0, 0), []);
});
