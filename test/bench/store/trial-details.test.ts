/** Details of a trial read from its files: answers per second of the window, and means by connection. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { writeIntervalLog } from '../../../bench/store/hdr-files.js';
import { clientTable } from '../../../bench/store/tables.js';
import { readDetails } from '../../../bench/store/trial-details.js';
import { native } from '../../../lib/native.js';
import { cellOf, measurementOf, recordOf } from '../../support/cells.js';
import { CLIENT_ROW } from '../../support/rows.js';

const record = (windowS = 0) =>
  recordOf(cellOf(), { trial: 7, measurement: measurementOf({ windowS }) });

function directoryWith(t: Test, files: Readonly<Record<string, string>>): string {
  const directory = join(t.testdir(), 'trial');
  mkdirSync(directory, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  return directory;
}

const clients = (means: readonly number[]) =>
  [...clientTable(means.map((us) => ({ ...CLIENT_ROW, serviceMean: us * 1000 })))].join('');

t.test('a trial without files has no details', async (t) => {
  t.same(await readDetails(join(t.testdir(), 'none'), record(5)), {
    ...{ trial: 7, seconds: [], serviceMeans: [], connectionsWithMean: 0 },
  });
});

t.test('means are sorted numerically, with ranks from 0 to 1', async (t) => {
  const directory = directoryWith(t, { 'clients.csv': clients([100, 9, 20.5]) });
  const { serviceMeans, connectionsWithMean } = await readDetails(directory, record());
  t.same(serviceMeans, [
    { rank: 0, value: 9 },
    { rank: 0.5, value: 20.5 },
    { rank: 1, value: 100 },
  ]);
  t.equal(connectionsWithMean, 3);
});

t.test('a single connection has rank 1', async (t) => {
  const directory = directoryWith(t, { 'clients.csv': clients([5]) });
  t.same((await readDetails(directory, record())).serviceMeans, [{ rank: 1, value: 5 }]);
});

t.test('connections without an answer have no mean', async (t) => {
  const rows = [CLIENT_ROW, { ...CLIENT_ROW, requests: 0 }];
  const directory = directoryWith(t, { 'clients.csv': [...clientTable(rows)].join('') });
  t.equal((await readDetails(directory, record())).connectionsWithMean, 1);
});

t.test('many means are thinned to 400, including the first and the last', async (t) => {
  for (const count of [400, 401, 1000, 5003]) {
    const means = Array.from({ length: count }, (_, i) => i);
    const directory = directoryWith(t, { 'clients.csv': clients(means) });
    const { serviceMeans, connectionsWithMean } = await readDetails(directory, record());
    t.equal(connectionsWithMean, count);
    t.equal(serviceMeans.length, 400);
    t.same(
      [serviceMeans[0], serviceMeans.at(-1)],
      [
        { rank: 0, value: 0 },
        { rank: 1, value: count - 1 },
      ],
    );
    t.ok(
      serviceMeans.every(({ rank, value }) => Math.abs(rank * (count - 1) - value) < 1e-6),
      'each mean has a distinct rank',
    );
  }
});

/** An .hlog with this number of answers of 5 µs in each second; 0 means none. */
async function logOf(t: Test, requests: readonly number[]): Promise<string> {
  const directory = directoryWith(t, {});
  const intervals = requests.flatMap((count, second) => {
    const counts = native.histogram(new Float64Array(count).fill(5000));
    return count > 0 ? [{ second, counts }] : [];
  });
  const header = { startEpochMs: Date.UTC(2026, 0, 1), seconds: requests.length };
  await writeIntervalLog(join(directory, 'latency.hlog'), intervals, header);
  return directory;
}

t.test('only whole seconds of the window count, and a second without an answer is 0', async (t) => {
  const directory = await logOf(t, [0, 3, 0, 2, 9]);
  const { seconds } = await readDetails(directory, record(4.9));
  t.same(
    seconds.map(({ second, requests, p99Us }) => [second, requests, p99Us && Math.round(p99Us)]),
    [
      [0, 0, null],
      [1, 3, 5],
      [2, 0, null],
      [3, 2, 5],
    ],
  );
});

t.test('seconds of the window beyond the end of the log count as 0', async (t) => {
  const { seconds } = await readDetails(await logOf(t, [1, 1]), record(4));
  t.same(
    seconds.map(({ requests }) => requests),
    [1, 1, 0, 0],
  );
});

t.test('fewer than three seconds have no rates over time', async (t) => {
  const directory = await logOf(t, [1, 1, 1]);
  t.equal((await readDetails(directory, record(2.99))).seconds.length, 0);
  t.equal((await readDetails(directory, record(3))).seconds.length, 3);
  const unmeasured = { ...record(3), measurement: null };
  t.same((await readDetails(directory, unmeasured)).seconds, []);
});

const SLICES = [
  'slice,side,from_ms,to_ms,requests',
  '1,server,1000,1100,50',
  '2,control,1100,1200,9999',
  '3,server,1500,1600,70',
  '4,server,2000,2250,100',
  '5,server,3999,4000,1',
];

t.test('a sliced trial has the rate within the server’s slices of each second', async (t) => {
  const files = { 'slices.csv': `${SLICES.join('\n')}\n` };
  const { seconds } = await readDetails(directoryWith(t, files), record(60));
  t.same(seconds, [
    { second: 0, requests: 600, p99Us: null },
    { second: 1, requests: 400, p99Us: null },
    { second: 2, requests: 1000, p99Us: null },
  ]);
  const few = { 'slices.csv': `${SLICES.slice(0, -1).join('\n')}\n` };
  t.same((await readDetails(directoryWith(t, few), record(60))).seconds, []);
});

t.test('a file that does not belong to a run is refused with one line', async (t) => {
  const refused = async (files: Readonly<Record<string, string>>, what: string) => {
    const directory = directoryWith(t, files);
    const [name = ''] = Object.keys(files);
    const message = `${join(directory, name)}${what}; allowed: a file of a c10k run`;
    await t.rejects(readDetails(directory, record(5)), { name: 'UsageError', message });
  };
  const table = clients([5]);
  await refused({ 'clients.csv': 'a,b\n' }, ': has no column service_us_mean');
  await refused(
    { 'clients.csv': table.replace(',5,', ',fast,') },
    ', line 2, service_us_mean: fast is not a number',
  );
  const slices = (change: (line: string) => string) => ({
    'slices.csv': `${SLICES.map(change).join('\n')}\n`,
  });
  await refused(
    slices((line) => line.replace('control', 'client')),
    ', line 3, side: client is not server or control',
  );
  await refused(
    slices((line) => line.replace('1600', '')),
    ', line 4, to_ms:  is not a number',
  );
  await refused(
    slices((line) => line.replace(',9999', '')),
    ', line 3: has 4 fields instead of 5',
  );
});

t.test('a malformed latency log is refused with one line', async (t) => {
  const directory = await logOf(t, [1, 1, 1]);
  const path = join(directory, 'latency.hlog');
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.slice(0, -20));
  await t.rejects(readDetails(directory, record(3)), {
    name: 'UsageError',
    message: /^[^\n]*latency\.hlog, interval 3: [^\n]+; allowed: a file of a c10k run$/,
  });
  writeFileSync(path, text.replace(/^0\.000,/m, 'once,'));
  await t.rejects(readDetails(directory, record(3)), {
    message: `${path}, interval 1: its start is not a number; allowed: a file of a c10k run`,
  });
  writeFileSync(path, 'no log\n');
  await t.rejects(readDetails(directory, record(3)), {
    message: `${path}: has no interval; allowed: a file of a c10k run`,
  });
});
