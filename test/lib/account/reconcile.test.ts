/** Reconciliation finds every difference, in both directions, and reports no others. */
import t from 'tap';
import type { ClientRow } from '../../../lib/account/client-rows.js';
import { reconcile } from '../../../lib/account/reconcile.js';
import type { ServerRow } from '../../../lib/account/server-rows.js';

const ACCOUNT = { requests: 2, opened: 10 };

function client(localPort: number, other: Partial<ClientRow> = {}): ClientRow {
  const row = { localAddress: '127.0.0.1', localPort, connected: 11, bytesSent: 40, failure: '' };
  return { ...ACCOUNT, ...row, bytesReceived: 40, ...other } as ClientRow;
}

function server(remotePort: number, other: Partial<ServerRow> = {}): ServerRow {
  const row = { remoteAddress: '127.0.0.1', remotePort, refused: 0, bytesIn: 40, bytesOut: 40 };
  return { ...ACCOUNT, ...row, ...other } as ServerRow;
}

t.test('equal tables agree, in any order', async (t) => {
  const result = reconcile([client(1), client(2)], [server(2), server(1)]);
  t.strictSame(result, { compared: 2, mismatches: 0, unknown: 0, examples: [] });
});

t.test('each figure is compared', async (t) => {
  const what = (mine: Partial<ClientRow>, theirs: Partial<ServerRow>) =>
    reconcile([client(1, mine)], [server(1, theirs)]).examples.map((example) => example.what);
  t.strictSame(what({ requests: 3 }, {}), ['requests: client 3, server 2']);
  t.strictSame(what({ bytesSent: 39 }, {}), ['bytes to the server: client 39, server 40']);
  t.strictSame(what({}, { bytesOut: 0 }), ['bytes to the client: client 40, server 0']);
  t.strictSame(what({ requests: 1 }, { bytesIn: 1, bytesOut: 1 }), [
    'requests: client 1, server 2; bytes to the server: client 40, server 1; bytes to the client: client 40, server 1',
  ]);
});

t.test('a refusal is compared if the client received it', async (t) => {
  const what = (failure: string, refused: number) =>
    reconcile([client(1, { failure })], [server(1, { refused })]).examples.map(({ what }) => what);
  t.strictSame(what('rejected', 1), []);
  t.strictSame(what('rejected', 0), ['refused: client 1, server 0']);
  t.strictSame(what('', 1), ['refused: client 0, server 1']);
  t.strictSame(what('reset', 1), []);
});

t.test('an exchange in progress when the client gave up is not a mismatch', async (t) => {
  const mismatches = (mine: Partial<ClientRow>, ...theirs: Partial<ServerRow>[]) =>
    reconcile(
      [client(1, mine)],
      theirs.map((each) => server(1, each)),
    ).mismatches;
  for (const failure of ['timed out', 'stalled']) {
    const late = { failure, requests: 1, bytesReceived: 30 };
    t.equal(mismatches(late, {}), 0, `${failure}: an answer was in progress`);
    t.equal(
      mismatches(late, { bytesIn: 25, bytesOut: 30, requests: 1 }),
      0,
      'a request was in progress',
    );
    t.equal(mismatches(late, { bytesIn: 41 }), 1, 'the server cannot receive more than was sent');
    t.equal(mismatches(late, { bytesOut: 29 }), 1, 'the client cannot receive more than was sent');
    t.equal(
      mismatches(late, { requests: 0 }),
      1,
      'the client cannot receive an answer without a request',
    );
    t.equal(mismatches({ failure, requests: 0, bytesReceived: 0 }), 0, 'it was never accepted');
    t.equal(mismatches(late), 1, 'a server that answered has a row');
  }
  t.equal(mismatches({ failure: 'reset', bytesReceived: 30 }, {}), 1, 'the server gave up');
});

t.test('a row that one side lacks is named by its connection', async (t) => {
  const result = reconcile([client(1), client(2)], [server(2), server(3)]);
  t.strictSame(result, {
    compared: 3,
    mismatches: 2,
    unknown: 0,
    examples: [
      { connection: '127.0.0.1:1', what: 'the server has no row' },
      { connection: '127.0.0.1:3', what: 'the client has no row' },
    ],
  });
});

t.test('a connection that was never established has no counterpart', async (t) => {
  const refused = client(0, { connected: 0, localAddress: '' });
  t.strictSame(reconcile([refused, client(1)], [server(1)]).mismatches, 0);
});

t.test('connections that reuse a port are matched in the order of time', async (t) => {
  const mine = [client(1, { opened: 30, requests: 7 }), client(1, { opened: 10 })];
  const theirs = [server(1, { opened: 12 }), server(1, { opened: 33, requests: 7 })];
  t.strictSame(reconcile(mine, theirs), { compared: 2, mismatches: 0, unknown: 0, examples: [] });
  t.equal(reconcile(mine, theirs.slice(0, 1)).mismatches, 1);
});

t.test('the same port at a different address is a different connection', async (t) => {
  const mine = [client(1), client(1, { localAddress: '127.0.0.2', requests: 5 })];
  const theirs = [server(1, { remoteAddress: '127.0.0.2', requests: 5 }), server(1)];
  t.equal(reconcile(mine, theirs).mismatches, 0);
});

t.test('an IPv4 address equals its IPv4-mapped IPv6 form', async (t) => {
  const theirs = [server(1, { remoteAddress: '::ffff:127.0.0.1' })];
  t.equal(reconcile([client(1)], theirs).mismatches, 0);
});

t.test('the first mismatches are listed, and all are counted', async (t) => {
  const mine = Array.from({ length: 9 }, (_, i) => client(i + 1));
  const result = reconcile(mine, []);
  t.strictSame([result.compared, result.mismatches, result.examples.length], [9, 9, 5]);
});

t.test('rows lost with a dead process are unknown, not mismatches', async (t) => {
  const mine = [client(1), client(2), client(2, { opened: 20, requests: 5 }), client(3)];
  const theirs = [server(2, { opened: 21, requests: 5 }), server(3, { requests: 9, opened: 12 })];
  const result = reconcile(mine, theirs, true);
  t.match(result, { compared: 2, mismatches: 1, unknown: 2 });
  t.match(result.examples, [{ connection: '127.0.0.1:3', what: 'requests: client 2, server 9' }]);
  t.match(reconcile(mine, theirs), { mismatches: 4, unknown: 0 }, 'all processes are alive');
});

t.test('a server row without a client row remains a mismatch', async (t) => {
  t.match(reconcile([client(1)], [server(5)], true), { mismatches: 1, unknown: 1 });
});
