import t from 'tap';
import { serverName } from '../../../../bench/report/text/server-name.js';

t.test('a model has its own name, however long', async (t) => {
  t.equal(serverName('epoll'), 'epoll');
  t.equal(serverName('x'.repeat(50)), 'x'.repeat(50));
});

t.test('a program has its command, without paths and the port', async (t) => {
  const names = [
    ['cmd:./server {port}', 'cmd:server'],
    ['cmd:/usr/bin/node /srv/app.js {port} --fast', 'cmd:node app.js --fast'],
    ['cmd:server --port {port} -v', 'cmd:server --port -v'],
    ['cmd:server', 'cmd:server'],
  ] as const;
  for (const [server, name] of names) t.equal(serverName(server), name);
});

t.test('a long command is cut to 28 characters, the last of which says so', async (t) => {
  const name = (length: number) => serverName(`cmd:${'x'.repeat(length - 4)}`);
  t.equal(name(28), `cmd:${'x'.repeat(24)}`);
  t.equal(name(29), `cmd:${'x'.repeat(23)}…`);
  t.equal(name(500).length, 28);
});
