/** The files of a trial: which ones exist, and where. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type { TrialResult } from '../../../bench/run/run.js';
import { trialDirectory, writeTrial } from '../../../bench/store/trial-files.js';
import { NO_TRANSFERS } from '../../../lib/account/transfers.js';
import type { LoadReport } from '../../../lib/load/client.js';
import { native } from '../../../lib/native.js';
import { cellOf, recordOf, resultOf } from '../../support/cells.js';
import { CLIENT_ROW, SERVER_ROW } from '../../support/rows.js';
import { CLIENT_TRANSFER, SERVER_TRANSFER } from '../../support/transfers.js';

const record = recordOf(cellOf());

const LOAD: LoadReport = {
  rows: [CLIENT_ROW],
  transfers: NO_TRANSFERS,
  service: [{ second: 0, counts: native.histogram(Float64Array.of(1000)) }],
  response: [{ second: 0, counts: native.histogram(Float64Array.of(2000, 3000)) }],
  windows: [],
};

const RESULT = resultOf(record, {
  load: LOAD,
  serverRows: [SERVER_ROW],
  serverStarted: 4_000_000,
});

t.test('a trial’s directory is named by its number, server and connections', async (t) => {
  const named = (server: string) => trialDirectory('out', { ...record, trial: 12, server });
  t.equal(named('epoll-lt'), join('out', 'trials', '12-epoll-lt-10'));
  t.equal(
    named('cmd:/usr/bin/../server --port {port} $(x)'),
    join('out', 'trials', '12-cmd-usr-bin-..-server---port-port-x--10'),
  );
  const long = named(`cmd:${'x'.repeat(1000)}`);
  t.ok(long.length < 80, long);
});

t.test('no server name leads to a directory outside the trials', async (t) => {
  for (const server of ['cmd:../../../etc/passwd', '/', '..', 'a/../..'])
    t.match(trialDirectory('out', { ...record, server }), /^out\/trials\/[^/]+$/, server);
});

async function filesOf(t: { testdir(): string }, change: Partial<TrialResult>) {
  const directory = join(t.testdir(), 'trial');
  await writeTrial(directory, { ...RESULT, ...change });
  return { directory, names: readdirSync(directory).sort() };
}

t.test('recorded transfers are next to the connections', async (t) => {
  const load = { ...LOAD, transfers: { rows: [CLIENT_TRANSFER], unrecorded: 0 } };
  const serverTransfers = { rows: [SERVER_TRANSFER], unrecorded: 0 };
  const { directory, names } = await filesOf(t, { load, serverTransfers });
  t.strictSame(
    names.filter((name) => name.includes('transfers')),
    ['client-transfers.csv', 'joined-transfers.csv', 'server-transfers.csv'],
  );
  const text = readFileSync(join(directory, 'server-transfers.csv'), 'utf8');
  t.match(text, /\n1,127\.0\.0\.1,40000,1,1,get,1000000,2,3\.25,done\n$/);
});

t.test('a client without a server counts times from its first connect()', async (t) => {
  const load = { ...LOAD, transfers: { rows: [CLIENT_TRANSFER], unrecorded: 0 } };
  const alone = { load, serverRows: null, serverTransfers: null, serverStarted: 0 };
  const { directory } = await filesOf(t, alone);
  const text = readFileSync(join(directory, 'transfers.csv'), 'utf8');
  t.match(text, /\n1,1,127\.0\.0\.1,40000,1,get,1000000,0\.1,0\.2,0\.5,2,\n$/);
});

t.test('a closed loop has service times as its latencies', async (t) => {
  const { directory, names } = await filesOf(t, {});
  t.same(names, ['clients.csv', 'hosts.csv', 'latency.hgrm', 'latency.hlog', 'server.csv']);
  t.match(readFileSync(join(directory, 'latency.hgrm'), 'utf8'), /Total count += +1\]/);
});

t.test('hosts.csv has the totals of each client host', async (t) => {
  const serverRows = [SERVER_ROW, SERVER_ROW, { ...SERVER_ROW, remoteAddress: '' }];
  const { directory } = await filesOf(t, { serverRows });
  const [header, ...lines] = readFileSync(join(directory, 'hosts.csv'), 'utf8').split('\n');
  t.equal(header, 'host_name,address,connections,requests,bytes_in,bytes_out');
  t.match(lines, [/^\S+,127\.0\.0\.1,2,4,80,88$/, '']);
});

t.test('an open loop has response times as latencies, and separate service times', async (t) => {
  const { directory, names } = await filesOf(t, { record: { ...record, rate: 100 } });
  const latencies = ['latency.hgrm', 'latency.hlog', 'service.hgrm', 'service.hlog'];
  t.same(names, ['clients.csv', 'hosts.csv', ...latencies, 'server.csv'].toSorted());
  t.match(readFileSync(join(directory, 'latency.hgrm'), 'utf8'), /Total count += +2\]/);
  t.match(readFileSync(join(directory, 'service.hgrm'), 'utf8'), /Total count += +1\]/);
});

t.test('a sliced trial has its slices, and the connections of the control’s client', async (t) => {
  const { names } = await filesOf(t, { slices: [], control: { ...LOAD, rows: [] } });
  t.ok(names.includes('slices.csv') && names.includes('control-clients.csv'));
});

t.test('an aborted trial has the known data, and a server without rows has no table', async (t) => {
  t.same((await filesOf(t, { load: null })).names, ['hosts.csv', 'server.csv']);
  t.same((await filesOf(t, { load: null, serverRows: null })).names, []);
  t.notOk((await filesOf(t, { serverRows: [] })).names.includes('server.csv'));
});

t.test('untimed connections have a table beside clients.csv, also without traffic', async (t) => {
  const before = { phase: 'before', localAddress: '127.0.0.1', localPort: 40_000 } as const;
  const untimed = [
    { ...before, requests: 2, bytesSent: 40, bytesReceived: 44, failure: '' },
  ] as const;
  const { directory, names } = await filesOf(t, { untimed, load: null, serverRows: null });
  t.same(names, ['clients.csv', 'untimed-connections.csv']);
  const text = readFileSync(join(directory, 'untimed-connections.csv'), 'utf8');
  t.match(text, /\n1,before,127\.0\.0\.1,40000,2,40,44,\n$/);
  t.match(readFileSync(join(directory, 'clients.csv'), 'utf8'), /^connection,[^\n]*\n$/);
});

t.test('a repeated trial replaces its files', async (t) => {
  const { directory, names } = await filesOf(t, {});
  const file = join(directory, 'clients.csv');
  const written = readFileSync(file, 'utf8');
  writeFileSync(file, 'cut off');
  await writeTrial(directory, RESULT);
  t.equal(readFileSync(file, 'utf8'), written);
  t.same(readdirSync(directory).sort(), names);
});

t.test('writing fails if the working directory was deleted', async (t) => {
  const deleted = t.testdir();
  t.chdir(deleted);
  rmSync(deleted, { recursive: true });
  await t.rejects(writeTrial(join('out', 'trials', '1-epoll-10'), RESULT), { code: 'ENOENT' });
});
