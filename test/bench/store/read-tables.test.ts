/** Tables of both sides read back, and the errors for files that are not tables. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import {
  NEXT_TRIAL,
  readClients,
  readServer,
  readUntimed,
} from '../../../bench/store/read-tables.js';
import {
  clientTable,
  serverTable,
  UNTIMED_TABLE,
  untimedTable,
} from '../../../bench/store/tables.js';
import { compareSides } from '../../../lib/account/reconcile.js';
import { CLIENT_ROW, SERVER_ROW } from '../../support/rows.js';

/** The path of a file with this text. */
function file(t: Test, text: string): string {
  const path = join(t.testdir(), 'table.csv');
  writeFileSync(path, text);
  return path;
}

const clients = (...rows: readonly object[]) =>
  [...clientTable(rows.map((row) => ({ ...CLIENT_ROW, ...row })))].join('');
const servers = (...rows: readonly object[]) =>
  [
    ...serverTable(
      rows.map((row) => ({ ...SERVER_ROW, ...row })),
      4_000_000,
    ),
  ].join('');

const BYTES = { toServer: 40, toClient: 44 };

t.test('the compared columns are read back as they were written', async (t) => {
  const failed = { localPort: 40_001, requests: 0, failure: 'timed out' };
  t.same(await readClients(file(t, clients({}, failed))), [
    {
      address: '127.0.0.1',
      port: 40_000,
      opened: 0,
      requests: 2,
      refused: 0,
      ...BYTES,
      gaveUp: false,
    },
    {
      address: '127.0.0.1',
      port: 40_001,
      opened: 1,
      requests: 0,
      refused: null,
      ...BYTES,
      gaveUp: true,
    },
  ]);
  t.same(await readServer(file(t, servers({}))), [
    { address: '127.0.0.1', port: 40_000, opened: 1, requests: 2, refused: 0, ...BYTES },
  ]);
});

t.test('untimed connections are read back in order with those of the traffic', async (t) => {
  const path = join(t.testdir(), 'clients.csv');
  t.same(await readUntimed(path), [], 'there is no table');
  const carried = { localAddress: '127.0.0.1', localPort: 40_000, requests: 2, bytesSent: 40 };
  const rows = [
    { ...carried, phase: 'before', bytesReceived: 44, failure: '' },
    { ...carried, phase: 'before', localAddress: '', bytesReceived: 0, failure: 'interrupted' },
    { ...carried, phase: 'after', bytesReceived: 44, failure: 'rejected' },
    { ...carried, phase: 'after', bytesReceived: 44, failure: 'interrupted' },
  ] as const;
  writeFileSync(join(path, '..', UNTIMED_TABLE), [...untimedTable(rows)].join(''));
  const [before, ...after] = await readUntimed(path);
  t.match(before, { port: 40_000, requests: 2, refused: 0, ...BYTES, gaveUp: false });
  t.match(after, [
    { refused: 1, gaveUp: false },
    { refused: null, gaveUp: true },
  ]);
  const orders = [before, ...after].map((side) => side?.opened ?? Number.NaN);
  const [first = 0, second = 0, last = 0] = orders;
  t.ok(first < 0 && second > 0 && last > second, `${orders}`);
  t.ok(last < first + NEXT_TRIAL);
});

t.test('a client’s row states a refusal, unless it failed for another reason', async (t) => {
  const rows = ['', 'rejected', 'reset'].map((failure) => ({ failure }));
  const sides = await readClients(file(t, clients(...rows)));
  t.same(
    sides.map(({ refused }) => refused),
    [0, 1, null],
  );
});

t.test('a server’s table of an earlier version, without refused requests, is read', async (t) => {
  const earlier =
    'connection,loop,remote_address,remote_port,opened_ms,closed_ms,requests,bytes_in,bytes_out,close_reason\n' +
    '1,0,127.0.0.1,40000,1,3.5,2,40,44,end\n';
  const [now] = await readServer(file(t, servers({ refused: 5 })));
  t.same(await readServer(file(t, earlier)), [{ ...now, refused: null }]);
  t.equal(now?.refused, 5);
});

t.test('matching tables of both sides reconcile', async (t) => {
  const ports = Array.from({ length: 50 }, (_, i) => 40_000 + i);
  const mine = await readClients(file(t, clients(...ports.map((localPort) => ({ localPort })))));
  const theirs = await readServer(file(t, servers(...ports.map((remotePort) => ({ remotePort })))));
  t.same(compareSides(mine, theirs), { compared: 50, mismatches: 0, unknown: 0, examples: [] });
});

t.test('a connection without an address is omitted', async (t) => {
  const refused = { localAddress: '', localPort: 0, connected: 0 };
  t.equal((await readClients(file(t, clients(refused, {})))).length, 1);
  const reset = { remoteAddress: '', remotePort: 0, closeReason: 'reset' };
  t.equal((await readServer(file(t, servers(reset, {})))).length, 1);
});

t.test('a truncated last row is ignored', async (t) => {
  const whole = servers({}, { remotePort: 40_001 });
  for (const end of [
    whole.length - 1,
    whole.length - 10,
    whole.lastIndexOf('\n', whole.length - 2) + 2,
  ])
    t.equal((await readServer(file(t, whole.slice(0, end)))).length, 1, `${end}`);
});

t.test('a table of an earlier version, with fewer columns and another name, is read', async (t) => {
  const earlier =
    'connection,process,thread,local_address,local_port,connect_us,first_echo_us,lifetime_ms,requests_wanted,requests,bytes_sent,bytes_received,service_us_mean,service_us_min,service_us_max,error\n' +
    '1,0,1,127.0.0.1,40000,50.5,12.345,2,2,2,40,44,10,8,12.001,\n';
  t.same(await readClients(file(t, earlier)), await readClients(file(t, clients({}))));
});

t.test('a table without connections is valid', async (t) => {
  t.same(await readClients(file(t, clients())), []);
  t.same(await readServer(file(t, servers())), []);
});

t.test('a missing file or one that is not a table is refused with one line', async (t) => {
  const refused = async (path: string, what: string) =>
    t.rejects(readClients(path), {
      name: 'UsageError',
      message: `--clients ${path}${what}; allowed: a file of a c10k run`,
    });
  const { testdirName } = t;
  await refused(join(testdirName, 'missing.csv'), ': ENOENT');
  await refused(t.testdir(), ': EISDIR');
  await refused(file(t, 'a,b\n1,2\n'), ': has no column local_address');
  const table = clients({});
  await refused(file(t, table.replace('bytes_sent', 'bytes')), ': has no column bytes_sent');
  await refused(
    file(t, table.replace(',40000,', ',many,')),
    ', line 2, local_port: many is not a whole number',
  );
  await refused(
    file(t, table.replace(',40000,', ',-1,')),
    ', line 2, local_port: -1 is not a whole number',
  );
  await refused(
    file(t, table.replace('127.0.0.1', '"127.0.0.1"')),
    ', line 2, local_address: "127.0.0.1" is not an address',
  );
  await refused(file(t, `${table}2,0\n`), ', line 3: has 2 fields instead of 20');
});

t.test('a file without rows is refused too, unless it has the columns', async (t) => {
  for (const text of ['', 'hello', 'hello\n', 'connection,process\n']) {
    const path = file(t, text);
    const message = `--clients ${path}: has no column local_address; allowed: a file of a c10k run`;
    await t.rejects(readClients(path), { name: 'UsageError', message }, JSON.stringify(text));
  }
});

t.test('the error for a server’s table names the server’s option', async (t) => {
  const path = join(t.testdirName, 'none');
  await t.rejects(readServer(path), { message: /^--server \S+: ENOENT; allowed: / });
});
