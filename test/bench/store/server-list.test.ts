/** Connection table of a running server: rows in order of closing, numbered on, and totals by host. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { openServerList } from '../../../bench/store/server-list.js';
import { SERVER_ROW } from '../../support/rows.js';

const STARTED = 4_000_000;
const NO_NAMES = new Map<string, string>();

const row = (closed: number, change: object = {}) => ({
  ...{ ...SERVER_ROW, remoteAddress: 'local', closed },
  ...change,
});

t.test('rows are on disk once they are appended, in order of closing', async (t) => {
  const directory = t.testdir();
  const linesOf = (name: string) =>
    readFileSync(join(directory, name), 'utf8').trimEnd().split('\n');
  const list = await openServerList(directory, { started: STARTED, named: false });
  t.match(linesOf('server.csv'), [/^connection,loop,/]);
  await list.append([row(9_000_000, { requests: 1 }), row(8_000_000)], NO_NAMES);
  await list.append([], NO_NAMES);
  await list.append([row(7_000_000, { remoteAddress: '', remotePort: 0, requests: 0 })], NO_NAMES);
  t.same(
    linesOf('server.csv')
      .slice(1)
      .map((line) => line.split(',').filter((_, i) => [0, 2, 5].includes(i))),
    [
      ['1', 'local', '4'],
      ['2', 'local', '5'],
      ['3', '', '3'],
    ],
  );
  t.same(await list.finish(), {
    ...{ connections: 3, requests: 3, bytesIn: 120, bytesOut: 132, hosts: 1 },
  });
  await list.close();
  t.same(linesOf('hosts.csv').slice(1), ['local,local,2,3,80,88']);
});

t.test('an existing list is not overwritten', async (t) => {
  const directory = t.testdir({ 'server.csv': 'kept' });
  const path = join(directory, 'server.csv');
  await t.rejects(openServerList(directory, { started: 0, named: false }), {
    message: new RegExp(`^cannot write ${path}: EEXIST`),
  });
  t.equal(readFileSync(path, 'utf8'), 'kept');
});

t.test('a list with host names has them next to the addresses', async (t) => {
  const directory = t.testdir();
  const list = await openServerList(directory, { started: STARTED, named: true });
  await list.append([row(9_000_000)], new Map([['local', 'client.example']]));
  await list.close();
  const [header, line] = readFileSync(join(directory, 'server.csv'), 'utf8').split('\n');
  t.match(header, /,remote_address,remote_port,remote_name,opened_ms,/);
  t.match(line, /,local,40000,client\.example,1,5,/);
});
