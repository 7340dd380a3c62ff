import t from 'tap';
import {
  clientTable,
  serverHeader,
  serverLines,
  serverTable,
} from '../../../bench/store/tables.js';
import type { ClientRow } from '../../../lib/account/client-rows.js';
import type { ServerRow } from '../../../lib/account/server-rows.js';

const CLIENT: ClientRow = {
  process: 0,
  thread: 1,
  localAddress: '127.0.0.1',
  localPort: 40_000,
  client: 4,
  idle: false,
  opened: 1_000_000,
  connected: 1_050_500,
  freeAt: 1_060_000,
  closed: 3_050_500,
  firstAnswer: 12_345,
  lifetime: 0,
  requestsWanted: 2,
  requests: 2,
  bytesSent: 40,
  bytesReceived: 40,
  payload: 38,
  serviceMean: 10_000.4,
  serviceMin: 8000,
  serviceMax: 12_001,
  failure: '',
  retried: false,
};

const SERVER: ServerRow = {
  loop: 0,
  remoteAddress: '127.0.0.1',
  remotePort: 40_000,
  opened: 5_000_000,
  closed: 7_500_000,
  requests: 2,
  refused: 1,
  bytesIn: 40,
  bytesOut: 40,
  closeReason: 'end',
};

function linesOf(table: Iterable<string>): string[] {
  return [...table].join('').trimEnd().split('\n');
}

t.test('a client row is in µs, and its lifetime in ms', async (t) => {
  t.equal(
    linesOf(clientTable([CLIENT]))[1],
    '1,0,1,4,127.0.0.1,40000,50.5,,12.345,2,2,2,40,40,38,10,8,12.001,0,',
  );
});

t.test('a time that was never reached is an empty field, not 0', async (t) => {
  const refused: ClientRow = {
    ...CLIENT,
    localAddress: '',
    localPort: 0,
    connected: 0,
    firstAnswer: 0,
    requests: 0,
    bytesSent: 0,
    bytesReceived: 0,
    payload: 0,
    failure: 'refused',
    retried: true,
  };
  t.equal(linesOf(clientTable([refused]))[1], '1,0,1,4,,,,,,,2,0,0,0,0,,,,1,refused');
});

t.test('server rows have times relative to listen(), in order of opening', async (t) => {
  const later = { ...SERVER, opened: 6_000_000, remotePort: 40_001 };
  const [, first, second] = linesOf(serverTable([later, SERVER], 4_000_000));
  t.equal(first, '1,0,127.0.0.1,40000,1,3.5,2,1,40,40,end');
  t.match(second, /^2,0,127\.0\.0\.1,40001,2,/);
});

t.test('a table longer than a chunk has every row once', async (t) => {
  const rows = Array.from({ length: 12_345 }, () => CLIENT);
  const lines = linesOf(clientTable(rows));
  t.equal(lines.length, 12_346);
  t.match(lines.at(-1), /^12345,/);
});

const COLUMNS = { started: 4_000_000, names: null, before: 7 };

t.test('appended lines continue the numbering, without a header', async (t) => {
  const lines = linesOf(serverLines([SERVER, SERVER], COLUMNS));
  t.same(
    lines.map((line) => line.split(',')[0]),
    ['8', '9'],
  );
  t.equal(serverHeader(false), `${linesOf(serverTable([], 0))[0]}\n`);
  t.same([...serverLines([], COLUMNS)], []);
});

t.test('a host with an unknown name has an empty field', async (t) => {
  const names = new Map([['127.0.0.1', 'localhost']]);
  const rows = [SERVER, { ...SERVER, remoteAddress: '', remotePort: 0 }];
  const lines = linesOf(serverLines(rows, { ...COLUMNS, names }));
  t.match(lines[0], /^8,0,127\.0\.0\.1,40000,localhost,/);
  t.match(lines[1], /^9,0,,,,/);
});
