/** Names of servers and addresses on the command line. */
import t from 'tap';
import {
  numericAddress,
  oneServer,
  serverList,
  serverNames,
  serverOptions,
} from '../../../../bench/commands/options/server.js';
import { MODEL_NAMES } from '../../../../lib/catalog/models.js';

t.test('a program takes the rest of a list, including commas', async (t) => {
  t.same(serverList('epoll,poll'), ['epoll', 'poll']);
  t.same(serverList('epoll,cmd:./a {port},b'), ['epoll', 'cmd:./a {port},b']);
  t.same(serverList('cmd:./a --x=1,2 {port}'), ['cmd:./a --x=1,2 {port}']);
  t.throws(() => serverList('epoll,cmd:./a'), /no \{port\}; allowed: cmd:PROGRAM/);
  t.throws(() => serverList('cmd:./a {port}\nb'), /contains a line break/);
  t.throws(() => serverList('epol'), /did you mean epoll/);
});

t.test('the baseline is one model or one program; all is refused', async (t) => {
  t.equal(oneServer('poll'), 'poll');
  t.equal(oneServer('cmd:./a {port}'), 'cmd:./a {port}');
  t.throws(() => oneServer('all'), /all: unknown/);
  t.throws(() => oneServer('epoll,poll'), /unknown/);
  t.throws(() => oneServer('cmd:./a'), /no \{port\}/);
});

t.test('all means every model, and a server named twice is refused', async (t) => {
  t.same(serverNames(['all']), MODEL_NAMES);
  t.same(serverNames(['all', 'cmd:a {port}']), [...MODEL_NAMES, 'cmd:a {port}']);
  t.throws(() => serverNames(['all', 'poll']), /--server poll: named twice/);
});

t.test('a host name is resolved to its address', async (t) => {
  t.equal(await numericAddress('--host', '::1'), '::1');
  await t.rejects(numericAddress('--target', 'no such host'), {
    name: 'UsageError',
    message: /^--target no such host: no address found/,
  });
});

t.test('an option that is not given has its default', async (t) => {
  const plain = await serverOptions({}, 4000);
  t.match(plain, { processes: 1, host: '127.0.0.1', port: 4000, backlog: 4096, accept: 'shared' });
  const given = { serverProcesses: 3, host: '127.0.0.2', port: 0, backlog: 1 };
  const other = await serverOptions({ ...given, accept: 'reuseport' }, 4000);
  t.match(other, { processes: 3, host: '127.0.0.2', port: 0, backlog: 1, accept: 'reuseport' });
  await t.rejects(serverOptions({ serverCpus: [4095] }, 0), /--server-cpus 4095: not available/);
});
